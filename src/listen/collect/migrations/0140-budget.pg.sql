-- What a project lets a platform that bills it cost in a month, in millionths of the currency's unit.
create table budget (
  project_id integer not null references project on delete cascade,
  platform text not null,
  monthly_micros bigint not null check (monthly_micros >= 0),
  primary key (project_id, platform)
);

-- What was reserved or billed on a day (UTC), by the mark of the credential. Days of earlier months stay: they are the accounts.
create table expense (
  project_id integer not null,
  platform text not null,
  day date not null,
  credential text not null,
  micros bigint not null,
  primary key (project_id, platform, day, credential),
  foreign key (project_id, platform) references budget on delete cascade
);

-- What was billed today and is not billed again before midnight UTC; marks that do not tell what it was.
create table billed_once (
  credential text not null,
  day date not null,
  mark text not null,
  primary key (credential, day, mark)
);
