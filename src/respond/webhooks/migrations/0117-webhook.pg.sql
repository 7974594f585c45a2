-- An address of somebody's program that wants to hear what happens.
create table webhook (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  name text not null,
  url text not null,
  kinds text[] not null,
  -- Of mentions and spikes only those of these topics; empty: no single mention, and spikes of all.
  topics integer[] not null default '{}',
  -- Its secrets, sealed for `webhook:<id>`: {"current", "previous", "previousUntil"}.
  sealed text not null,
  is_on boolean not null default true,
  -- Why Heed switched it off by itself: gone, failing.
  off_because text,
  made_at timestamptz not null default now(),
  made_by text,
  -- The last happening that was looked at for it.
  after_id bigint not null,
  last_success_at timestamptz,
  -- One process posts to it until then.
  taken_until timestamptz
);
create index webhook_of_project on webhook (project_id);

-- One happening on its way to one webhook. What is posted is read anew at each try and never kept.
create table webhook_delivery (
  id bigint generated always as identity primary key,
  webhook_id integer not null references webhook on delete cascade,
  happening_id bigint not null references happening on delete cascade,
  -- gone: what it was about does not exist any more.
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'gone')),
  -- False: the receiver refused this one in so many words, or a person sent it again; the others do not wait for it.
  blocks boolean not null default true,
  due_at timestamptz not null,
  tries integer not null default 0,
  first_at timestamptz,
  unique (webhook_id, happening_id)
);
create index webhook_delivery_due on webhook_delivery (webhook_id, id) where state = 'waiting';
create index webhook_delivery_of_happening on webhook_delivery (happening_id);

create table webhook_attempt (
  delivery_id bigint not null references webhook_delivery on delete cascade,
  at timestamptz not null,
  -- Null: nobody answered.
  status integer,
  problem text,
  took_ms integer not null,
  primary key (delivery_id, at)
);
