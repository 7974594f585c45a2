-- What one ticket says about the service. The desk works it out anew after whatever happens to the ticket; every figure of
-- the service is counted from these rows, and every figure opens down to them.
create table service_ticket (
  ticket_id integer primary key references ticket on delete cascade,
  project_id integer not null references project on delete cascade,
  opened_at timestamptz not null,
  platform text,
  queue_id integer,
  assignee text,
  status text not null,
  mentions integer not null,
  -- Those that were there when we last answered.
  answered_mentions integer not null,
  first_mention_at timestamptz,
  -- Milliseconds from the first mention, all of them and those of working hours; null: not answered, not solved.
  first_ms bigint,
  first_work_ms bigint,
  solution_ms bigint,
  solution_work_ms bigint,
  -- Null: nothing was promised, or the promise still runs.
  first_promise text check (first_promise in ('kept', 'missed')),
  solution_promise text check (solution_promise in ('kept', 'missed')),
  -- Promises that were missed.
  breaches integer not null,
  -- What came of it for the author; null: not known yet.
  outcome text
);
create index service_ticket_of_project on service_ticket (project_id, opened_at, ticket_id);

-- Time that people wrote down for tickets; nobody is watched for it.
create table work_minutes (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  ticket_id integer not null references ticket on delete cascade,
  member_id text not null,
  member text not null,
  minutes integer not null check (minutes between 1 and 1440),
  -- The day of the work as the project's calendar has it.
  day date not null,
  noted_at timestamptz not null
);
create index work_minutes_of_project on work_minutes (project_id, day);
create index work_minutes_of_ticket on work_minutes (ticket_id);

-- What an hour of work costs the client from a day on, until the next rate begins.
create table service_rate (
  project_id integer not null references project on delete cascade,
  from_day date not null,
  -- Hundredths of the currency.
  cents integer not null check (cents >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  primary key (project_id, from_day)
);
