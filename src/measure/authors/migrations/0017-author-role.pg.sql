-- What people say an author is, for good: of the accounts of one person the newest line holds.
create table author_role (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  author_id text not null,
  -- Null: the word was taken back, and what the evidence says holds again.
  role text check (role in ('customer', 'journalist', 'employee', 'business', 'bot-like')),
  at timestamptz not null,
  -- `key:7` for a program.
  actor_id text not null,
  actor text not null
);
create index author_role_of_author on author_role (project_id, author_id, id desc);
