-- How a client speaks and is called, so that nobody answers in another client's name. A project without a row is called by its own name.
create table reply_voice (
  project_id integer primary key references project on delete cascade,
  -- What people call it by; a reply of another project that says so does not go out.
  names text[] not null,
  -- Words that never stand in a reply, in any form.
  banned text[] not null,
  -- How people are spoken to in Russian: formal is «вы», informal «ты»; null: either.
  address text check (address in ('formal', 'informal'))
);
