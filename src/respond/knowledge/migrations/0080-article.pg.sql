-- Grows with every change of a project's knowledge, and its row is locked by the change: revisions are committed in order.
create table knowledge (
  project_id integer primary key references project on delete cascade,
  revision bigint not null
);

create table article (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  -- article: to be read. answer: a reply agreed with the client. canned: a part of replies, with variables.
  kind text not null check (kind in ('article', 'answer', 'canned')),
  state text not null default 'draft' check (state in ('draft', 'ready', 'archived')),
  is_public boolean not null default false,
  owner_id text references member on delete set null,
  -- The day somebody has to look whether it is still true; null: nobody said.
  review_on date,
  -- Of the last change of it or of its texts.
  revision bigint not null,
  made_at timestamptz not null default now(),
  made_by text
);
create index article_of_project on article (project_id, revision desc);

-- Every version of every language; what was written stays.
create table article_text (
  article_id integer not null references article on delete cascade,
  lang text not null,
  version integer not null,
  current boolean not null,
  title text not null,
  -- Markdown.
  body text not null,
  -- The body without its marks.
  plain text not null,
  search tsvector not null,
  written_at timestamptz not null default now(),
  written_by text,
  primary key (article_id, lang, version)
);
create unique index article_text_current on article_text (article_id, lang) where current;
create index article_text_search on article_text using gin (search) where current;

-- That somebody took it into their answer: what helps, and what is answered nowhere.
create table article_use (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  article_id integer not null references article on delete cascade,
  -- Null: somebody copied it outside of any ticket.
  ticket_id integer references ticket on delete cascade,
  lang text not null,
  version integer not null,
  used_at timestamptz not null default now(),
  used_by text
);
create index article_use_of_article on article_use (article_id, used_at desc);
create index article_use_of_ticket on article_use (ticket_id);
