-- One client's work. Everything else hangs on it and goes with it.
create table project (
  id integer generated always as identity primary key,
  name text not null check (name <> ''),
  time_zone text not null default 'Europe/Moscow',
  is_sample boolean not null default false,
  created_at timestamptz not null default now()
);
