alter table ticket
  -- What a promise is chosen by; of the oldest mention.
  add column platform text,
  add column stage text,
  add column tonality text,
  -- When it last became whose turn it is: opened, another status, or our answer. What they wrote since makes it ours.
  add column turned_at timestamptz not null default now(),
  -- When the next promise ends that runs; infinity: none does. What hurts next stands first.
  add column hurts_at timestamptz not null default 'infinity';
create index ticket_hurts on ticket (project_id, hurts_at, id) where status = 'open';

alter table outbox add column due_at timestamptz;
