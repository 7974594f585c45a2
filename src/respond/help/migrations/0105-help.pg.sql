-- The public page of a project. Without a row, or while it is off, there is none.
create table help_page (
  project_id integer primary key references project on delete cascade,
  slug text not null unique,
  is_on boolean not null default false,
  -- Whether search engines may keep it.
  is_listed boolean not null default false,
  lang text not null check (lang in ('en', 'ru')),
  title text not null,
  intro text not null,
  -- Which posts wait for a moderator: all, the first of a visitor, or only those that look bad.
  moderation text not null default 'first' check (moderation in ('all', 'first', 'none'))
);

-- Somebody who wrote, voted or subscribed on a page. A browser says who it is by a signed cookie.
create table help_visitor (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  -- How many of their posts a moderator has let through.
  approved integer not null default 0,
  -- Confirmed by a letter; it is never shown to anybody.
  email text,
  -- Another visitor who confirmed the same address before; what was of this one is theirs.
  same_as integer references help_visitor on delete cascade,
  made_at timestamptz not null
);
create unique index help_visitor_email on help_visitor (project_id, email) where same_as is null;

-- What was written on a page: topics, what visitors add to them, and what we answer.
create table help_post (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  -- Null: it is a topic itself.
  topic_id integer references help_post on delete cascade,
  kind text not null check (kind in ('question', 'idea', 'problem', 'praise', 'comment', 'answer')),
  -- Null: it is ours.
  visitor_id integer references help_visitor on delete cascade,
  -- As they sign; null: without a name.
  name text,
  title text,
  text text not null,
  lang text,
  state text not null check (state in ('held', 'public', 'rejected')),
  -- Why it waited for a moderator, or would have.
  held_for text[] not null default '{}',
  -- What the moderator told the visitor.
  reason text,
  decided_by text,
  -- Of a topic: what we do about it.
  status text not null default 'open' check (status in ('open', 'planned', 'solved', 'declined')),
  -- Of a topic: the one that asks the same and has its votes, subscribers and comments now.
  merged_into integer references help_post on delete set null,
  votes integer not null default 0,
  -- Of an answer: the key of the reply, so that it is published once, and the post that it answers.
  reply_key text unique,
  answers_id integer references help_post on delete cascade,
  -- When it went through the pipeline and became a mention; null: not yet.
  brought_at timestamptz,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  -- Of a topic: of its last change, in the order of `knowledge`.
  revision bigint not null default 0,
  search tsvector not null default ''
);
create index help_topic_top on help_post (project_id, votes desc, id desc)
  where topic_id is null and state = 'public' and merged_into is null;
create index help_topic_revision on help_post (project_id, revision) where topic_id is null;
create index help_topic_search on help_post using gin (search) where topic_id is null and state = 'public';
create index help_post_of_topic on help_post (topic_id, id);
create index help_post_of_visitor on help_post (visitor_id);
create index help_post_held on help_post (project_id, id) where state = 'held';
create index help_post_unbrought on help_post (project_id, id) where state = 'public' and brought_at is null;

-- "Me too", once a visitor.
create table help_vote (
  topic_id integer not null references help_post on delete cascade,
  visitor_id integer not null references help_visitor on delete cascade,
  voted_at timestamptz not null,
  primary key (topic_id, visitor_id)
);
create index help_vote_of_visitor on help_vote (visitor_id);

-- Who wants to hear what becomes of a topic. Nothing but the question whether they do is sent before they confirmed.
create table help_subscription (
  id integer generated always as identity primary key,
  topic_id integer not null references help_post on delete cascade,
  visitor_id integer not null references help_visitor on delete cascade,
  email text not null,
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  unique (topic_id, email)
);
create index help_subscription_of_visitor on help_subscription (visitor_id);
