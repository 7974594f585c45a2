-- People who work in Heed. better-auth reads and writes member, session, credential and verification.
create table member (
  id text primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  locale text not null default 'en',
  -- Sees and manages every project of the installation.
  is_head boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_seen_at timestamptz
);

create table session (
  id text primary key,
  member_id text not null references member on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  -- Whoever came by a one-time link may set a new password without knowing the old one.
  by_link boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_of_member on session (member_id);

-- How a member proves who they are: a password, later another service.
create table credential (
  id text primary key,
  member_id text not null references member on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index credential_of_member on credential (member_id);

create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier);

create table membership (
  project_id integer not null references project on delete cascade,
  member_id text not null references member on delete cascade,
  role text not null check (role in ('head', 'manager', 'copywriter', 'moderator', 'client')),
  created_at timestamptz not null default now(),
  primary key (project_id, member_id)
);
create index membership_of_member on membership (member_id);
