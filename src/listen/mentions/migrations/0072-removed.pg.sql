-- Mentions that were deleted where they were published. Nothing of what they said is kept.
create table removed_mention (
  project_id integer not null references project on delete cascade,
  mention_id text not null,
  platform text not null,
  posted_at timestamptz not null,
  removed_at timestamptz not null,
  primary key (project_id, mention_id)
);
