-- A CRM or a ticket system that the work of a project goes on in.
create table integration (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  system text not null,
  -- As people know the account there.
  name text not null,
  -- The whole account, sealed for `integration:<id>`.
  sealed text not null,
  state text not null default 'on' check (state in ('on', 'paused')),
  -- Why it is paused, or what it waits for.
  problem jsonb,
  may jsonb not null,
  -- Places, stages and owners as the system listed them, at `choices_at`.
  choices jsonb not null,
  choices_at timestamptz not null,
  -- What a person chose of them, and what happens by itself.
  setup jsonb not null,
  connected_at timestamptz not null default now(),
  connected_by text,
  -- The newest event of the project's tickets that was looked at.
  seen_event bigint not null,
  -- How far the changes of the other side are read; null: not begun.
  cursor text,
  polled_at timestamptz,
  poll_due_at timestamptz not null,
  -- The other side asks for patience, or is away: nothing is asked before.
  wait_until timestamptz,
  failures integer not null default 0,
  -- One process speaks with it at a time, until then.
  held_until timestamptz,
  held_by text
);
create index integration_of_project on integration (project_id, id);

-- A ticket of ours and the record of it over there.
create table integration_link (
  id integer generated always as identity primary key,
  integration_id integer not null references integration on delete cascade,
  project_id integer not null references project on delete cascade,
  ticket_id integer not null references ticket on delete cascade,
  -- What the record is found by when nobody knows whether it was made.
  key text not null unique,
  asked_at timestamptz not null default now(),
  asked_by text,
  place text not null,
  contact text,
  -- Null: not made yet.
  record text,
  url text,
  stage text,
  owner text,
  value numeric,
  currency text,
  ended boolean,
  -- When the other side last told a state; null: never.
  as_of timestamptz,
  unique (integration_id, ticket_id)
);
create index integration_link_of_ticket on integration_link (ticket_id);
create index integration_link_of_record on integration_link (integration_id, record);

-- Everything said to the other side, written before it is said, and what was heard from there.
create table integration_exchange (
  id bigint generated always as identity primary key,
  integration_id integer not null references integration on delete cascade,
  link_id integer not null references integration_link on delete cascade,
  kind text not null check (kind in ('open', 'note', 'close', 'stage', 'comment')),
  -- What made it necessary; the same cause is said once.
  cause text not null,
  reply_id integer references reply on delete cascade,
  -- Found in the note when nobody knows whether it was written.
  key text not null,
  state text not null default 'queued' check (state in ('queued', 'sending', 'done', 'refused', 'unsure')),
  at timestamptz not null default now(),
  due_at timestamptz not null default date_trunc('milliseconds', now()),
  -- When the present try began; null: nothing was tried, or what was tried is proved not to be there.
  began_at timestamptz,
  tries integer not null default 0,
  lookups integer not null default 0,
  settled_at timestamptz,
  problem jsonb,
  unique (link_id, cause)
);
create index integration_exchange_due on integration_exchange (integration_id, due_at) where state in ('queued', 'sending');
create index integration_exchange_log on integration_exchange (integration_id, id desc);
