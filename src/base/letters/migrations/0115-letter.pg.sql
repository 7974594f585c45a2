-- The mail account that the whole installation writes from: one row at most. With HEED_SMTP_URL set it is not asked.
create table letter_account (
  only_one boolean primary key default true check (only_one),
  -- Server, name, password and sender, sealed for `letter-account`.
  sealed text not null,
  changed_at timestamptz not null default now()
);

-- A letter is here before anything is sent; what it said is gone once it was sent, and its key stays.
create table letter (
  id bigint generated always as identity primary key,
  project_id integer references project on delete cascade,
  -- What the letter is about, in the words of its writer: at most one letter is ever written under a key.
  key text not null unique,
  -- The left half of its Message-ID, the same at every try.
  message_id uuid not null default gen_random_uuid(),
  recipient text not null,
  subject text not null,
  text text not null,
  html text,
  headers jsonb not null default '{}',
  -- Whom or what it quotes, such as `ticket:12`, so that it leaves with them.
  about text[] not null default '{}',
  -- unsure: the server may have it, nobody can say. refused: it certainly was not taken and will not be.
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused', 'unsure')),
  written_at timestamptz not null default now(),
  -- Later than this it is of no use and is not sent.
  until timestamptz not null,
  due_at timestamptz not null default date_trunc('milliseconds', now()),
  -- One process has it in hand until then.
  taken_until timestamptz,
  -- Written just before the text goes over the line: from here on nobody can say what came of it.
  handed_at timestamptz,
  tries integer not null default 0,
  problem jsonb,
  ended_at timestamptz
);
create index letter_due on letter (due_at) where state = 'waiting';
create index letter_of_project on letter (project_id);
