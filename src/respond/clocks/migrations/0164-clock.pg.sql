-- All that will be told of a promise is written down when it begins to run or its time changes, so that a sweep reads one narrow
-- row a promise and nothing else, and the database itself does all of it in one statement.
alter table ticket_clock_told
  -- Of the clock, and going with it.
  add column ticket_id integer,
  add column kind text,
  -- When what is told, in this order: missed, or who is called. Both are as long as each other.
  add column ahead timestamptz[] not null default '{}',
  add column tells text[] not null default '{}';
update ticket_clock_told t
set ticket_id = c.ticket_id, kind = c.kind
from ticket_clock c
where c.id = t.clock_id;
-- Of promises that run already, by the time around the clock.
with line as (
  select t.clock_id, c.due_at + (l.share - 1) * c.minutes * interval '1 minute' as at, l.tells,
    row_number() over (partition by t.clock_id order by l.share, l.place) as place,
    dense_rank() over (partition by t.clock_id order by l.share) as moment
  from ticket_clock_told t
  join ticket_clock c on c.id = t.clock_id
  cross join lateral (
    select 1.0 as share, 'missed' as tells, 0 as place
    union all
    select (step ->> 'share')::numeric, step ->> 'to', place::int from jsonb_array_elements(c.steps) with ordinality as s (step, place)
  ) l
), kept as (
  select t.clock_id, count(l.place) filter (where l.moment <= t.told)::int as told,
    array_agg(l.at order by l.place) filter (where l.moment > t.told and t.next_at is not null) as ahead,
    array_agg(l.tells order by l.place) filter (where l.moment > t.told and t.next_at is not null) as tells
  from ticket_clock_told t
  join line l on l.clock_id = t.clock_id
  group by t.clock_id
)
update ticket_clock_told t
set told = k.told, ahead = coalesce(k.ahead, '{}'), tells = coalesce(k.tells, '{}'), next_at = k.ahead[1]
from kept k
where k.clock_id = t.clock_id;
alter table ticket_clock_told alter column ticket_id set not null, alter column kind set not null;
create index ticket_clock_told_of_ticket on ticket_clock_told (ticket_id) where next_at is not null;
-- A line of history is written while its ticket is locked or known by its promise, and goes with the ticket. Looking for the ticket
-- of each of a thousand lines took as long as writing them.
alter table ticket_event drop constraint ticket_event_ticket_id_fkey;
create function forget_history_of_ticket() returns trigger language plpgsql as $$
begin
  delete from ticket_event where ticket_id = old.id;
  return old;
end $$;
create trigger history_goes_with_ticket before delete on ticket
for each row execute function forget_history_of_ticket();
-- For how long after somebody wrote their platform takes a reply, such as a day in a messenger.
create table reply_window (
  project_id integer not null references project on delete cascade,
  platform text not null,
  minutes integer not null check (minutes > 0),
  primary key (project_id, platform)
);
alter table ticket_clock
  drop constraint ticket_clock_kind_check,
  add constraint ticket_clock_kind_check check (kind in ('first', 'next', 'solution', 'window'));
