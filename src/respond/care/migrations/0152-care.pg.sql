-- How many toxic texts a shift may hold before somebody is asked to swap or to rest. Absent: nobody is asked.
create table care_limit (
  project_id integer primary key references project on delete cascade,
  texts integer not null check (texts between 1 and 10000)
);

-- That a member asked to read a text that is marked toxic. Kept for as long as it is counted and not longer.
create table toxic_read (
  member_id text not null references member on delete cascade,
  project_id integer not null references project on delete cascade,
  -- Of the project's time zone.
  day date not null,
  mention_id text not null,
  primary key (member_id, project_id, day, mention_id)
);
create index toxic_read_of_project on toxic_read (project_id, day);

-- That a member was asked to swap or rest, once a day and project.
create table rest_told (
  member_id text not null references member on delete cascade,
  project_id integer not null references project on delete cascade,
  day date not null,
  at timestamptz not null,
  primary key (member_id, project_id, day)
);
