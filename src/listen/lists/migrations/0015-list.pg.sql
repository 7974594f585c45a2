-- Queries a project keeps under names, for `list:name` inside other queries. Names differ by more than their capitals.
create table list (
  project_id integer not null references project on delete cascade,
  key text not null,
  name text not null,
  query text not null,
  updated_at timestamptz not null default now(),
  updated_by text,
  primary key (project_id, key)
);
