-- What the ticket that stayed lacked and got with a merge; taking the merge back takes it away again.
alter table ticket_move
  add column gave_assignee text references member on delete set null,
  add column gave_tags text[] not null default '{}';
