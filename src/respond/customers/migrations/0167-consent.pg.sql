-- What a person agreed to or refused, each time they said so; of one purpose the newest holds over all their accounts.
create table customer_consent (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  author_id text not null,
  -- contact: written to about other matters. quote: their words shown elsewhere. share: given to a CRM or ticket system.
  purpose text not null check (purpose in ('contact', 'quote', 'share')),
  -- Null: nobody knows any more; what was said before is taken back.
  given boolean,
  -- Where and how they said it.
  how text not null,
  at timestamptz not null,
  actor_id text not null,
  actor text not null
);
create index customer_consent_of_author on customer_consent (project_id, author_id);
