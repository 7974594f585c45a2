-- What happened that others want to hear of: programs through webhooks, people through alarms. It says what it is about and
-- holds no words of anybody; whoever tells it on reads them where they are, so what is forgotten there is forgotten here.
create table happening (
  id bigint generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  kind text not null,
  -- Whatever is told twice under one key happened once.
  key text not null,
  at timestamptz not null,
  about jsonb not null,
  unique (project_id, key)
);
create index happening_of_project on happening (project_id, id);
create index happening_old on happening (at);

-- Projects of which somebody wants to hear, and how far their tickets and mentions were looked through.
create table happening_follow (
  project_id integer primary key references project on delete cascade,
  ticket_event bigint not null,
  mentions_until timestamptz not null,
  -- Topics of which every single mention is told; empty: of none.
  topics integer[] not null default '{}',
  -- Whether a spike opens a ticket about the text it speaks of most.
  spike_ticket boolean not null default false
);
create index if not exists ticket_event_of_project on ticket_event (project_id, id);

-- What was last told of a source and of a topic, so that a state is told once and not every minute.
create table source_told (
  source_id integer not null references source on delete cascade,
  project_id integer not null references project on delete cascade,
  trouble text not null,
  since timestamptz not null,
  primary key (source_id, project_id)
);
create table spike_told (
  topic_id integer not null references topic on delete cascade,
  kind text not null,
  since timestamptz not null,
  -- The last hour in which it went on; after some calm hours the next one is another spike.
  last_at timestamptz not null,
  primary key (topic_id, kind)
);
