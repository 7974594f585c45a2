-- better-auth reads and writes this column and the table below; both secrets are sealed with the secret of the cookies.
alter table member add column two_factor_enabled boolean not null default false;

create table second_factor (
  id text primary key,
  member_id text not null unique references member on delete cascade,
  secret text not null,
  backup_codes text not null,
  -- False until the first code was right.
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);

-- The codes of the last minutes: an app's code is looked at once, though it stays valid for a while.
create table second_factor_code (
  member_id text not null references member on delete cascade,
  code text not null,
  at timestamptz not null,
  primary key (member_id, code)
);
