-- Nobody is a name here: an index is not read in order behind "is null".
create index ticket_hurts_of_assignee on ticket (project_id, coalesce(assignee, ''), hurts_at, id) where status = 'open';

-- Who has a ticket before them right now. Leases: a browser that is gone stops renewing them, and nobody has to clean up.
create unlogged table ticket_presence (
  ticket_id integer not null references ticket on delete cascade,
  member_id text not null references member on delete cascade,
  writes boolean not null,
  until timestamptz not null,
  primary key (ticket_id, member_id)
);
