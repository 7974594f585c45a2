-- Categories that a project made for itself, in sets: a mention has at most one category of each.
create table category_set (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  created_by text
);
create unique index category_set_name on category_set (project_id, lower(name));

create table category (
  id integer generated always as identity primary key,
  set_id integer not null references category_set on delete cascade,
  name text not null,
  place integer not null,
  -- What people said with it stays, and is no longer learnt from.
  removed_at timestamptz
);
create unique index category_name on category (set_id, lower(name)) where removed_at is null;

-- What people said, for good: the newest line of a mention is what holds, the newest of each person what agreement is
-- measured on.
create table category_label (
  id bigint generated always as identity primary key,
  set_id integer not null references category_set on delete cascade,
  mention_id text not null,
  -- Null: taken back.
  category_id integer references category on delete cascade,
  reason text,
  at timestamptz not null,
  -- `key:7` for a program.
  actor_id text not null,
  actor text not null
);
create index category_label_of_mention on category_label (set_id, mention_id, id desc);

-- What was learnt last.
create table category_model (
  set_id integer primary key references category_set on delete cascade,
  learnt_at timestamptz not null,
  -- How many labelled mentions it was learnt from, and the last line of them.
  labels integer not null,
  last_label bigint not null,
  took_ms integer not null,
  model bytea not null,
  -- Cross-validated; null when nothing could be left out.
  measured jsonb
);

-- The learning curve: how good the first so many labels made it, kept as it was when there were so many.
create table category_curve (
  set_id integer not null references category_set on delete cascade,
  labels integer not null,
  accuracy real not null,
  macro_f1 real not null,
  at timestamptz not null,
  primary key (set_id, labels)
);
