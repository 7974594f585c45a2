-- A prepared scheme: what is done when people are angry for a reason, or are made angry on purpose.
create table playbook (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  name text not null check (name <> ''),
  kind text not null check (kind in ('natural', 'directed')),
  -- [{title, help, minutes, aroundTheClock, role, member, text}] in the order in which they are done.
  steps jsonb not null,
  -- Who lets these steps and texts be used; null: nobody yet, or they are others by now.
  approved_at timestamptz,
  approved_by text,
  retired boolean not null default false,
  changed_at timestamptz not null default now(),
  changed_by text
);
create index playbook_of_project on playbook (project_id);

-- A playbook at work. It keeps the steps as they were when it began.
create table play (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  playbook_id integer not null references playbook on delete cascade,
  name text not null,
  kind text not null,
  -- Null: it concerns no single ticket.
  ticket_id integer references ticket on delete cascade,
  started_at timestamptz not null,
  ended_at timestamptz
);
create index play_of_project on play (project_id, id desc);
create index play_of_ticket on play (ticket_id) where ticket_id is not null;
-- One playbook works at one ticket once at a time.
create unique index play_once on play (playbook_id, ticket_id) where ended_at is null and ticket_id is not null;

create table play_step (
  play_id integer not null references play on delete cascade,
  position integer not null,
  title text not null,
  help text not null,
  text text,
  role text,
  member_id text,
  due_at timestamptz,
  -- Its owner was written that it is due.
  told_at timestamptz,
  state text not null default 'open' check (state in ('open', 'done', 'skipped')),
  primary key (play_id, position)
);
create index play_step_due on play_step (due_at) where state = 'open' and told_at is null and due_at is not null;

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

-- The record: what was done when. Lines are added, never changed.
create table play_event (
  id bigint generated always as identity primary key,
  play_id integer not null references play on delete cascade,
  at timestamptz not null,
  actor text,
  kind text not null check (kind in ('started', 'alarm', 'done', 'skipped', 'reopened', 'late', 'note', 'ended')),
  position integer,
  note text
);
create index play_event_of_play on play_event (play_id, id);
