-- For how long after somebody wrote their platform takes a reply, such as a day in a messenger.
create table reply_window (
  project_id integer not null references project on delete cascade,
  platform text not null,
  minutes integer not null check (minutes > 0),
  primary key (project_id, platform)
);
alter table ticket_clock
  drop constraint ticket_clock_kind_check,
  add constraint ticket_clock_kind_check check (kind in ('first', 'next', 'solution', 'window'));
