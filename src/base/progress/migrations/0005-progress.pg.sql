-- Work that goes on in the background and that somebody may be watching.
create table progress (
  id uuid primary key,
  project_id integer not null references project on delete cascade,
  kind text not null,
  title text not null,
  state text not null default 'waiting',
  step text,
  total bigint,
  done bigint not null default 0,
  saved bigint not null default 0,
  unmatched bigint not null default 0,
  failures jsonb not null default '[]',
  failure_count integer not null default 0,
  error text,
  cancel_asked boolean not null default false,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz
);
create index progress_of_project on progress (project_id, created_at desc);
