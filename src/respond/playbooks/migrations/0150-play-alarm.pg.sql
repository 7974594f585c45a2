-- The alarms that a play answers, as they were raised; what is told of them elsewhere is kept for a month only.
create table play_alarm (
  play_id integer not null references play on delete cascade,
  -- The number of the happening.
  alarm_id bigint not null,
  kind text not null,
  at timestamptz not null,
  -- What it was about; the name stays when the topic goes.
  topic_id integer,
  topic text,
  ticket_id integer references ticket on delete set null,
  -- What was measured, and what a rule said.
  figures jsonb,
  text text,
  primary key (play_id, alarm_id)
);
create index play_alarm_of_alarm on play_alarm (alarm_id);
create index play_alarm_of_ticket on play_alarm (ticket_id) where ticket_id is not null;

alter table play_event drop constraint play_event_kind_check;
alter table play_event add constraint play_event_kind_check
  check (kind in ('started', 'alarm', 'done', 'skipped', 'reopened', 'late', 'note', 'ended'));
