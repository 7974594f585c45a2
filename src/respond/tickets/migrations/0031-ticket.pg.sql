-- One piece of work. Nothing of it is ever removed while its project is there.
create table ticket (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  title text not null check (title <> ''),
  status text not null default 'open' check (status in ('open', 'pending', 'solved', 'closed')),
  -- A member's id; no reference, because a ticket outlives a membership.
  assignee text,
  customer_id integer references customer,
  opened_at timestamptz not null default now(),
  opened_by text,
  updated_at timestamptz not null default now()
);
create index ticket_of_project on ticket (project_id, status, id desc);
create index ticket_of_assignee on ticket (project_id, assignee, id desc);

create table ticket_mention (
  ticket_id integer not null references ticket on delete cascade,
  project_id integer not null references project on delete cascade,
  mention_id text not null,
  posted_at timestamptz not null,
  -- False once the ticket is closed; the mention may then begin another one.
  live boolean not null default true,
  added_at timestamptz not null default now(),
  primary key (ticket_id, mention_id)
);
create unique index ticket_mention_in_one_live_ticket on ticket_mention (project_id, mention_id) where live;
create index ticket_mention_of_mention on ticket_mention (project_id, mention_id, ticket_id desc);

-- Stays inside; a reply to the customer is another thing in another table.
create table note (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  ticket_id integer not null references ticket on delete cascade,
  text text not null check (text <> ''),
  written_at timestamptz not null default now(),
  written_by text
);
create index note_of_ticket on note (ticket_id);

create table ticket_event (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  ticket_id integer not null references ticket on delete cascade,
  at timestamptz not null default now(),
  -- `key:7` for a program; null: Heed itself.
  actor_id text,
  actor text,
  kind text not null check (kind in ('opened', 'mention-added', 'status-changed', 'assigned', 'note-added', 'title-changed')),
  -- In words that stay readable: names, not ids.
  from_value text,
  to_value text,
  note_id integer references note
);
create index ticket_event_of_ticket on ticket_event (ticket_id, id);
