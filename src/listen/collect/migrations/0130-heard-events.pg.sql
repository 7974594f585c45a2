-- What platforms have pushed and we have saved, by their own names of it: told again, it must change nothing.
create table heard_event (
  source_id integer not null references source on delete cascade,
  event text not null,
  heard_at timestamptz not null,
  primary key (source_id, event)
);
create index heard_event_age on heard_event (source_id, heard_at);
