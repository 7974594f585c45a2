-- What ClickHouse has yet to hear about the work state of mentions, in the order in which it happened.
create table outbox (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  mention_ids jsonb not null,
  ticket_id integer not null,
  status text not null,
  assignee text,
  created_at timestamptz not null default now()
);
