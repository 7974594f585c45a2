-- Who works right now. A member works for all their projects at once.
create table shift (
  member_id text primary key references member on delete cascade,
  began_at timestamptz not null
);

-- What those who come next have to know. Kept for a week: what matters longer stands in a ticket.
create table handover (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  author_id text not null,
  author text not null,
  written_at timestamptz not null,
  text text not null check (text <> '')
);
create index handover_of_project on handover (project_id, written_at desc);

-- Which tickets of a project somebody is given in turn; a member without a row takes any.
create table aptitude (
  project_id integer not null references project on delete cascade,
  member_id text not null references member on delete cascade,
  -- Open tickets at once; null: as many as come.
  capacity integer check (capacity >= 0),
  -- ISO 639-1; empty: any.
  languages text[] not null default '{}',
  -- Names of queues or tags; empty: any.
  skills text[] not null default '{}',
  -- When it was their turn last.
  given_at timestamptz,
  primary key (project_id, member_id)
);
