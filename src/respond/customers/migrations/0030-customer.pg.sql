-- A person we help. Several accounts may belong to one person; an account belongs to one person at most.
create table customer (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  name text not null,
  created_at timestamptz not null default now()
);

create table customer_author (
  project_id integer not null references project on delete cascade,
  author_id text not null,
  customer_id integer not null references customer on delete cascade,
  platform text not null,
  name text,
  handle text,
  added_at timestamptz not null default now(),
  primary key (project_id, author_id)
);
create index customer_author_of_customer on customer_author (customer_id);
