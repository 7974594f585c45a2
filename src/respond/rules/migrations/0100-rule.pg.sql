-- When, if, then: what a project wants done without a person asking each time.
create table rule (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  -- Rules run in this order.
  position integer not null,
  name text not null check (name <> ''),
  trigger text not null
    check (
      trigger in (
        'mention-arrived', 'ticket-opened', 'ticket-changed', 'customer-wrote', 'promise-near', 'promise-missed',
        'alarm-raised'
      )
    ),
  -- Of a mention; empty asks nothing.
  query text not null default '',
  conditions jsonb not null default '[]',
  actions jsonb not null,
  -- Null: off. What happened before does not concern it.
  on_since timestamptz,
  -- Gone from the list; its history stays.
  retired boolean not null default false,
  changed_at timestamptz not null default now(),
  changed_by text
);
create index rule_of_project on rule (project_id, position);

-- How far the rules of a project have come. Absent where none is on.
create table rule_cursor (
  project_id integer primary key references project on delete cascade,
  -- When the newest mention that was looked at was saved.
  saved_ms bigint not null,
  event_id bigint not null,
  -- Among what happened; alarms are read from there.
  happening_id bigint not null
);

-- Mentions that the rules have decided about and that are looked at again, because pages are seen later than they are dated.
create table rule_seen (
  project_id integer not null references project on delete cascade,
  mention_id text not null,
  saved_ms bigint not null,
  primary key (project_id, mention_id)
);

create table rule_run (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  rule_id integer not null references rule on delete cascade,
  at timestamptz not null,
  -- What it ran for, and what the chain began with that led there: `mention mastodon:1` or `event 15`.
  event text not null,
  root text not null,
  mention_id text,
  ticket_id integer,
  -- copy: a ticket about the same text is there. stopped: it had run in this chain already.
  outcome text not null check (outcome in ('done', 'copy', 'failed', 'stopped')),
  -- What it did, in words that stay readable.
  did jsonb not null default '[]',
  problem jsonb,
  -- The lines in the histories of tickets that it caused; null: none.
  first_event bigint,
  last_event bigint
);
-- A rule runs once in a chain, and so once for an event, whoever takes the event up again.
create unique index rule_run_once on rule_run (rule_id, root) where outcome <> 'stopped';
create unique index rule_run_stopped_once on rule_run (rule_id, root) where outcome = 'stopped';
create index rule_run_of_project on rule_run (project_id, id desc);
create index rule_run_at on rule_run (at);
create index rule_run_of_rule on rule_run (rule_id, id desc);
create index rule_run_caused on rule_run (project_id, last_event) where last_event is not null;

-- Tags that mentions are to get, written with the run that gives them. Giving one twice changes nothing.
create table rule_mark (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  mention_id text not null,
  tags text[] not null
);

create index ticket_event_of_project on ticket_event (project_id, id);
