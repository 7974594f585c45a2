-- The reply that was chosen where several were written for one mention; this one was put away for it.
alter table reply add column lost_to integer references reply on delete set null;

-- What somebody was told, looked up from the card of its author.
create index reply_of_mention on reply (project_id, mention_id) where state = 'sent';
create index reply_to_author on reply (project_id, (answers -> 'author' ->> 'id')) where state = 'sent';

-- Somebody at the client who approves behind a link, without an account.
create table approver (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  name text not null,
  -- Null: somebody hands the link over.
  email text,
  -- Of the letters.
  lang text not null check (lang in ('en', 'ru')),
  added_at timestamptz not null,
  added_by text,
  -- Their links end; what they approved keeps their name.
  removed_at timestamptz
);
create index approver_of_project on approver (project_id) where removed_at is null;

-- A reply that waits for them; its number stands, signed, in the link.
create table approval_request (
  id integer generated always as identity primary key,
  reply_id integer not null references reply on delete cascade,
  approver_id integer not null references approver on delete cascade,
  round integer not null,
  asked_at timestamptz not null,
  -- Null: no letter, for there is no address or it was not their turn yet.
  written_at timestamptz,
  reminded_at timestamptz,
  unique (reply_id, approver_id, round)
);
