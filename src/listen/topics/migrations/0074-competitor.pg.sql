-- A topic that watches a competitor: what somebody asks about it is a competitor request.
alter table topic
  add column if not exists is_competitor boolean not null default false;
