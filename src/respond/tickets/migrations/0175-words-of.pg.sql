-- The mention whose words the ticket was opened with, whatever its title is by now. Null: a person's words.
alter table ticket add column words_of text;
update ticket set words_of = title_of;
create index ticket_words_of on ticket (project_id, words_of) where words_of is not null;
-- What was deleted where it was published stays neither in a title nor in what is told of one. By a trigger, because mentions are
-- taken out without knowing of tickets, and their words go in the same moment.
create function forget_words_in_titles() returns trigger language plpgsql as $$
declare
  t record;
begin
  if not exists (select from ticket where project_id = new.project_id and words_of = new.mention_id) then
    return null;
  end if;
  perform from project where id = new.project_id for no key update;
  for t in
    select k.id, '#' || k.id as number, o.to_value as words, '#' || k.id || ' ' || o.to_value as name
    from ticket k
    join ticket_event o on o.ticket_id = k.id and o.kind = 'opened'
    where k.project_id = new.project_id and k.words_of = new.mention_id
  loop
    -- Tickets that name this one are named in its own history.
    update ticket_event e
    set from_value = case e.from_value when t.name then t.number else e.from_value end,
      to_value = case e.to_value when t.name then t.number else e.to_value end
    where t.name in (e.from_value, e.to_value)
      and e.ticket_id in (
        select substring(named from '^#(\d+)')::int
        from ticket_event own, unnest(array[own.from_value, own.to_value]) as named
        where own.ticket_id = t.id
          and own.kind in ('merged-into', 'merged-from', 'split-into', 'split-from', 'move-undone', 'linked', 'unlinked')
          and named ~ '^#\d{1,9}( |$)'
      );
    update ticket_event
    set from_value = nullif(from_value, t.words), to_value = nullif(to_value, t.words)
    where ticket_id = t.id and kind in ('opened', 'title-changed') and t.words in (from_value, to_value);
    update ticket
    set title = case title when t.words then '—' else title end, title_of = case title when t.words then null else title_of end,
      words_of = null
    where id = t.id;
  end loop;
  return null;
end $$;
create trigger words_go_with_mention after insert on removed_mention
for each row execute function forget_words_in_titles();
