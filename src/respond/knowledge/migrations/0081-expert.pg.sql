-- What nobody here could answer, asked of a named person inside or at the client, who needs no account.
create table expert_question (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  ticket_id integer not null references ticket on delete cascade,
  expert text not null,
  email text,
  text text not null,
  lang text not null,
  asked_at timestamptz not null,
  asked_by text not null,
  expires_at timestamptz not null,
  -- When to remind next; null: never again.
  remind_at timestamptz,
  reminded integer not null default 0,
  -- Taken back: the link says so.
  withdrawn_at timestamptz,
  answered_at timestamptz,
  answer text,
  -- The draft that its answer became; null too when somebody has removed it.
  article_id integer references article on delete set null
);
create index expert_question_of_project on expert_question (project_id, id desc);
create index expert_question_of_ticket on expert_question (ticket_id);
create index expert_question_due on expert_question (remind_at) where remind_at is not null;

-- Letters to experts that are to be sent, written with what they tell of; whoever sends takes the oldest first.
create table expert_letter (
  id bigint generated always as identity primary key,
  question_id integer not null references expert_question on delete cascade,
  kind text not null check (kind in ('question', 'reminder')),
  written_at timestamptz not null,
  -- Null: not yet.
  sent_at timestamptz
);
create index expert_letter_unsent on expert_letter (id) where sent_at is null;

-- How often an address asked for something that needs no account.
create table public_try (
  key text primary key,
  tries integer not null,
  since timestamptz not null
);
