-- What people judged otherwise than the machine, for good: the newest line of a mention's field is what holds.
create table correction (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  mention_id text not null,
  field text not null check (field in ('sentiment', 'stage')),
  from_value text,
  -- Null: the correction was taken back, and what the machine said holds again.
  to_value text,
  -- What stood there before the first person: it comes back with a correction that is taken back.
  machine_value text,
  machine_confidence real,
  at timestamptz not null,
  -- `key:7` for a program.
  actor_id text not null,
  actor text not null
);
create index correction_of_mention on correction (project_id, mention_id, id desc);
