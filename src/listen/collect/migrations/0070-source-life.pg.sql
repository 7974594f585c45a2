-- What a source is entered with (sealed by base/secrets), and how it lives.
alter table source
  add column sealed text,
  -- More of its past waits to be read; such sources take turns in a lane of their own.
  add column catching_up boolean not null default false,
  -- collect/silence.ts: null while its usual rhythm explains what it brings; `measured_at` is the last look.
  add column silence jsonb,
  add column measured_at timestamptz,
  -- collect/latency.ts: how long posts were on their way, counted in steps.
  add column latency jsonb;

-- How many new posts a source brought, by the hour in which they were posted. Hours without any have no row.
create table source_hour (
  source_id integer not null references source on delete cascade,
  hour timestamptz not null,
  posts integer not null,
  primary key (source_id, hour)
);

-- What was taken from a platform's quota in a window; `name` says whose quota it is.
create table spent (
  name text not null,
  window_from timestamptz not null,
  units integer not null,
  primary key (name, window_from)
);

-- Until when the counts of a platform's posts were looked up again.
create table refreshed (
  platform text primary key,
  until timestamptz not null
);
