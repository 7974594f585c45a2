-- When a project works. A project without a row works around the clock.
create table calendar (
  project_id integer primary key references project on delete cascade,
  time_zone text not null,
  -- Seven lists of blocks, Monday first; a block is two minutes of the day, from and to.
  week jsonb not null,
  -- Days that are unlike others: holidays have no blocks.
  exceptions jsonb not null default '[]'
);

-- What a project promises its customers. The first one in order that fits a ticket holds.
create table sla_policy (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  position integer not null,
  name text not null check (name <> ''),
  -- Which tickets it is for; an empty list is any.
  platforms text[] not null default '{}',
  priorities text[] not null default '{}',
  stages text[] not null default '{}',
  tonalities text[] not null default '{}',
  -- Minutes; null promises nothing.
  first_minutes integer check (first_minutes > 0),
  next_minutes integer check (next_minutes > 0),
  solution_minutes integer check (solution_minutes > 0),
  around_the_clock boolean not null default false,
  -- Who is told at which share of the time: [{"share": 1, "to": "manager"}].
  steps jsonb not null default '[]',
  retired boolean not null default false
);
create index sla_policy_of_project on sla_policy (project_id, position, id);

-- One promise to one customer. Ended ones stay, for they are what the service is measured by.
create table ticket_clock (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  ticket_id integer not null references ticket on delete cascade,
  kind text not null check (kind in ('first', 'next', 'solution')),
  policy_id integer references sla_policy,
  minutes integer not null,
  around_the_clock boolean not null,
  steps jsonb not null,
  began_at timestamptz not null,
  -- Working time that had gone when it began to run the last time.
  spent_ms bigint not null default 0,
  -- Null: waiting for the customer, or ended.
  running_since timestamptz,
  -- The end of the promise while it runs; a missed one keeps it.
  due_at timestamptz,
  -- When somebody has to be told next; null: nothing more is told.
  next_at timestamptz,
  -- How many of the shares have been told.
  told integer not null default 0,
  missed_at timestamptz,
  ended_at timestamptz,
  -- dropped: the ticket was solved or the promise withdrawn before it was kept or missed.
  outcome text check (outcome in ('kept', 'missed', 'dropped'))
);
create unique index ticket_clock_one on ticket_clock (ticket_id, kind) where ended_at is null;
create index ticket_clock_of_ticket on ticket_clock (ticket_id, id);
-- The sweep reads nothing but what is due.
create index ticket_clock_next on ticket_clock (next_at) where next_at is not null;
create index ticket_clock_due on ticket_clock (project_id, due_at) where due_at is not null;
create index ticket_clock_ended on ticket_clock (project_id, ended_at) where ended_at is not null;
