-- What has been told of a promise and what comes next: all that a sweep writes, apart from the wide rows of the promises and
-- their indexes.
create table ticket_clock_told (
  clock_id bigint primary key references ticket_clock on delete cascade,
  -- The project of the clock; it goes with the clock.
  project_id integer not null,
  -- How many of the shares have been told.
  told integer not null default 0,
  missed_at timestamptz,
  -- When somebody has to be told next; null: nothing more is told.
  next_at timestamptz
);
insert into ticket_clock_told select id, project_id, told, missed_at, next_at from ticket_clock;
-- The sweep reads nothing but what is due.
create index ticket_clock_told_next on ticket_clock_told (next_at) where next_at is not null;
alter table ticket_clock drop column told, drop column missed_at, drop column next_at;
-- A line goes with its ticket, and the ticket with its project: looking at the project for each of a thousand lines took
-- longer than writing them.
alter table ticket_event drop constraint ticket_event_project_id_fkey;
