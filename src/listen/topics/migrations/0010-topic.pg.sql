-- What a team watches. The query in force is the newest version; earlier ones stay.
create table topic (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  name text not null,
  topic_group text,
  color integer not null,
  version integer not null default 1,
  query text not null,
  updated_at timestamptz not null default now(),
  updated_by text,
  -- The progress of its run over the archive; null when that is done.
  backfill uuid,
  unique (project_id, name)
);

create table topic_version (
  topic_id integer not null references topic on delete cascade,
  version integer not null,
  name text not null,
  query text not null,
  saved_at timestamptz not null default now(),
  saved_by text,
  primary key (topic_id, version)
);
