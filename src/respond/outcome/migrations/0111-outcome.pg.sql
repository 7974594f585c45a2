-- What came of a ticket for its author, one row each, from the first answer or solution on.
create table ticket_outcome (
  ticket_id integer primary key references ticket on delete cascade,
  project_id integer not null references project on delete cascade,
  -- Our first answer or solution, and the last one: what the author does from then on is looked at until `until`.
  began_at timestamptz not null,
  since timestamptz not null,
  until timestamptz not null,
  -- Null: nobody knows yet. silent: the time is over and nothing was heard; that is no satisfaction.
  result text check (result in ('satisfied', 'unsatisfied', 'undecided', 'silent')),
  said_by text check (said_by in ('observed', 'author', 'member')),
  -- The mentions as they were when we answered: tonality, rating and a hash of the words. Null: not looked at yet.
  seen jsonb,
  checked_at timestamptz
);
create index ticket_outcome_running on ticket_outcome (project_id, until);
create index ticket_outcome_open on ticket_outcome (until) where result is null;

-- Everything the result stands on, for good; the newest that decides holds, and a person's mark above all.
create table outcome_evidence (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  ticket_id integer not null references ticket on delete cascade,
  -- When it was done, or where nobody says, when it was seen.
  at timestamptz not null,
  seen_at timestamptz not null,
  kind text not null,
  -- Null: it says nothing about satisfaction.
  verdict text check (verdict in ('satisfied', 'unsatisfied')),
  mention_id text,
  -- Ratings before and after, or what was written beside an answer or a mark.
  details jsonb not null default '{}',
  actor_id text,
  actor text
);
create index outcome_evidence_of_ticket on outcome_evidence (ticket_id, at, id);
-- What somebody wrote or deleted is noted once, however often it is seen.
create unique index outcome_evidence_once on outcome_evidence (ticket_id, mention_id, kind)
where kind not in ('edited', 'rating-up', 'rating-down');

-- How far the figures and the outcomes of a project have followed its desk and its stream.
create table desk_followed (
  project_id integer primary key references project on delete cascade,
  event_id bigint not null default 0,
  -- The working hours that the figures were worked out with.
  calendar jsonb,
  -- Mentions that were saved before are looked through, by the clock of the engine that has them.
  looked_at timestamptz
);
create index if not exists ticket_event_of_project on ticket_event (project_id, id);
create index ticket_of_customer on ticket (customer_id) where customer_id is not null;
