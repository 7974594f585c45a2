-- Long work on a project's mentions. It has ended when its progress has; until then somebody takes it up again.
create table run (
  progress_id uuid primary key references progress on delete cascade,
  project_id integer not null references project on delete cascade,
  kind text not null check (kind in ('import', 'sample', 'replay', 'backfill')),
  -- What the kind needs to go on where it stopped.
  data jsonb not null,
  attempts integer not null default 0,
  not_before timestamptz not null default now(),
  created_at timestamptz not null default now()
);

-- An uploaded file, from the upload to the last row.
create table import (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  file text not null,
  -- Inside the folder of uploads.
  stored_as text not null,
  bytes bigint not null,
  mapping jsonb,
  keep_all boolean not null default false,
  -- The language of whoever uploaded it: failures are told in it.
  locale text not null,
  progress_id uuid references progress on delete set null,
  -- Every mention of the file gets this moment, so that doing a page twice gives the same.
  collected_at timestamptz,
  -- Rows before it are saved.
  next_row bigint not null default 0,
  uploaded_at timestamptz not null default now()
);
create index import_of_project on import (project_id, id desc);
