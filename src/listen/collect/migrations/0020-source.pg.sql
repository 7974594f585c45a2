-- A feed, channel, forum or site that we read again and again. Without a project it is shared by all.
create table source (
  id integer generated always as identity primary key,
  project_id integer references project on delete cascade,
  platform text not null,
  name text not null,
  url text,
  config jsonb not null,
  state text not null default 'active' check (state in ('active', 'paused', 'gone')),
  added_at timestamptz not null default now(),
  -- In the unit of the clocks that ask what is due: a moment of a millisecond is not later than that millisecond.
  next_check_at timestamptz not null default date_trunc('milliseconds', now()),
  last_checked_at timestamptz,
  -- How the last check ended: page, unchanged, rate-limited, signed-out, gone or failed.
  last_answer text,
  -- When the newest item we know of was posted, and how far apart items usually are.
  last_item_at timestamptz,
  usual_gap_ms double precision,
  rhythm_ms integer not null default 900000,
  failures integer not null default 0,
  error jsonb
);
create unique index source_once on source (coalesce(project_id, 0), platform, url);
create index source_due on source (next_check_at) where state = 'active';

-- What the connector remembers; written only after the items before it are saved.
create table cursor (
  source_id integer primary key references source on delete cascade,
  state jsonb not null,
  saved_at timestamptz not null default now()
);

-- Something that one process does at a time. A holder that died loses it when the time is over.
create table lease (
  name text primary key,
  holder text not null,
  until timestamptz not null
);
