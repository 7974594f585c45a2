-- What people said a topic should find and should not: the set its query is measured on. The post is kept as it was
-- when it was marked, because the archive forgets.
create table golden_mark (
  topic_id integer not null references topic on delete cascade,
  mention_id text not null,
  wanted boolean not null,
  marked_at timestamptz not null default now(),
  marked_by text,
  -- Not jsonb, which refuses some characters that people publish.
  post json not null,
  primary key (topic_id, mention_id)
);

-- How the query of a version did on the marks there were when it was saved; all null when there were none.
alter table topic_version
  add column wanted_found integer,
  add column wanted_missed integer,
  add column unwanted_found integer,
  add column unwanted_left integer,
  -- The version whose text was taken back.
  add column from_version integer;

-- The newest version that has gone through the whole archive; null when none has.
alter table topic add column searched_version integer;
update topic set searched_version = version where backfill is null;
