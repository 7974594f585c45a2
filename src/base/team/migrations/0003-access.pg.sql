-- Signs the cookies; sealed with the key of the installation. One row at most.
create table cookie_secret (
  id boolean primary key default true check (id),
  sealed text not null
);

-- Works once. Only a hash is kept, so the database opens no door.
create table sign_in_link (
  hash text primary key,
  member_id text not null references member on delete cascade,
  made_by text,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index sign_in_link_of_member on sign_in_link (member_id);

-- Wrong tries of one client address or for one email, counted from the first of them.
create table sign_in_try (
  key text primary key,
  tries integer not null,
  since timestamptz not null
);

create table api_key (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  name text not null,
  role text not null check (role in ('head', 'manager', 'copywriter', 'moderator', 'client')),
  hash text not null unique,
  -- The first letters of the key, so that people can tell which one it is.
  prefix text not null,
  made_by text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index api_key_of_project on api_key (project_id);
