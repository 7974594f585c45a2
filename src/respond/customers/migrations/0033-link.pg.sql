-- Customers that a person has called one and the same stand together under the one that is joined to nobody. Nothing of
-- them moves, so that taking it back gives each its own again.
alter table customer add column joined_to integer references customer on delete set null;
create index customer_joined on customer (joined_to) where joined_to is not null;

-- What people said about two accounts of a project, for good: the newest line of a pair is what holds.
create table author_link (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  -- The two ids, the smaller one first.
  one text not null,
  other text not null check (one < other),
  -- same: one person. apart: they were taken for one person and are none. different: the proposal was refused.
  -- open: the refusal was taken back.
  decision text not null check (decision in ('same', 'apart', 'different', 'open')),
  -- Why it was proposed; empty when nobody had proposed it.
  reasons jsonb not null default '[]',
  at timestamptz not null,
  -- `key:7` for a program.
  actor_id text not null,
  actor text not null
);
create index author_link_of_one on author_link (project_id, one, id desc);
create index author_link_of_other on author_link (project_id, other, id desc);
