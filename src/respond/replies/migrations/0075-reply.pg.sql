-- An official account that replies go out from.
create table channel (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  platform text not null,
  -- As people know it: @bank@social.example.
  name text not null,
  -- The whole account, sealed for `channel:<id>`.
  sealed text not null,
  connected_at timestamptz not null default now(),
  connected_by text,
  unique (project_id, platform, name)
);

-- Who has to approve a reply, one role a step, in order; a project without a row sends without asking.
create table reply_policy (
  project_id integer primary key references project on delete cascade,
  steps jsonb not null
);

-- What goes out to the customer. A note stays inside and is another thing in another table.
create table reply (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  ticket_id integer not null references ticket on delete cascade,
  mention_id text not null,
  platform text not null,
  -- Where the mention is and who wrote it, as a platform is told what is answered.
  answers jsonb not null,
  -- Null: a person copies it and posts it at the platform.
  channel_id integer references channel on delete set null,
  state text not null default 'draft' check (
    state in ('draft', 'waiting', 'approved', 'queued', 'sending', 'sent', 'refused', 'unsure', 'removed', 'dropped')
  ),
  text text not null default '',
  -- Grows with every change of the text, so that nobody approves or sends what they have not read.
  version integer not null default 1,
  -- The steps this reply has to go through, as the policy said when it was submitted.
  steps jsonb not null default '[]',
  -- Begins anew when the text comes back from an approver or is changed after one.
  round integer not null default 1,
  -- The newest event of the ticket that its writer had seen.
  seen_event bigint not null,
  begun_at timestamptz not null default now(),
  writer_id text,
  writer text,
  changed_at timestamptz not null default now(),
  send_at timestamptz,
  -- Names of the checks that the sender has read and sent in spite of.
  despite jsonb not null default '[]',
  -- Why it was not sent, or what is not known about it.
  problem jsonb,
  platform_id text,
  published_as text,
  url text,
  sent_at timestamptz,
  sent_by_id text,
  sent_by text,
  -- Whether the stream knows that its mention is answered.
  told boolean not null default false
);
create index reply_of_ticket on reply (ticket_id, id);
create index reply_sent on reply (project_id, sent_at desc) where state = 'sent';
create index reply_untold on reply (id) where state = 'sent' and not told;
-- One draft a person and mention; two people may write at once, and only one of them sends.
create unique index reply_draft_once on reply (ticket_id, mention_id, coalesce(writer_id, '')) where state = 'draft';

-- Every text that was submitted, approved, sent or edited; nothing of it disappears.
create table reply_text (
  reply_id integer not null references reply on delete cascade,
  version integer not null,
  text text not null,
  written_at timestamptz not null default now(),
  written_by text,
  primary key (reply_id, version)
);

-- A step is settled once: of two approvals at once the second finds it taken.
create table reply_approval (
  reply_id integer not null references reply on delete cascade,
  round integer not null,
  step integer not null,
  approved boolean not null,
  comment text,
  version integer not null,
  member_id text not null,
  member text not null,
  settled_at timestamptz not null default now(),
  primary key (reply_id, round, step)
);

-- Written before anything is sent and gone once it is known what came of it.
create table reply_outbox (
  reply_id integer primary key references reply on delete cascade,
  key text not null unique,
  due_at timestamptz not null,
  -- When the present try began; null: nothing was tried, or what was tried is proved not to be there.
  began_at timestamptz,
  first_began_at timestamptz,
  lookups integer not null default 0,
  tries integer not null default 0
);
create index reply_outbox_due on reply_outbox (due_at);
