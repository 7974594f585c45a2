-- Where people of a project are told what cannot wait: addresses of e-mail, a chat of Telegram, a channel of Slack.
create table alarm_channel (
  id integer generated always as identity primary key,
  project_id integer not null references project on delete cascade,
  name text not null,
  service text not null check (service in ('email', 'telegram', 'slack')),
  -- What its service asks for, sealed for `alarm:<id>`.
  sealed text not null,
  kinds text[] not null,
  locale text not null check (locale in ('en', 'ru')),
  -- Minutes of the day in the time zone of the project between which it keeps quiet; both null: never. 1320 to 480 goes over midnight.
  quiet_from integer,
  quiet_to integer,
  is_on boolean not null default true,
  made_at timestamptz not null default now(),
  made_by text,
  -- The last happening that was looked at for it.
  after_id bigint not null,
  -- What comes before then is joined into the next message.
  next_at timestamptz not null default '-infinity'
);
create index alarm_channel_of_project on alarm_channel (project_id);

-- One message of one channel, about one or many happenings, each of which is in one message at most. Its words are made when it goes out.
create table alarm_message (
  id bigint generated always as identity primary key,
  channel_id integer not null references alarm_channel on delete cascade,
  happenings bigint[] not null,
  made_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused', 'unsure', 'gone')),
  due_at timestamptz not null,
  -- Written before it is sent: whoever finds it later does not know whether it arrived, and does not send it again.
  begun_at timestamptz,
  taken_until timestamptz,
  tries integer not null default 0,
  problem text,
  reason text,
  ended_at timestamptz
);
create index alarm_message_due on alarm_message (due_at) where state = 'waiting';
create index alarm_message_of_channel on alarm_message (channel_id, id desc);
