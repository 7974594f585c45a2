-- Whoever takes a mention out waits for a ticket that is being opened with its words, and then sees that ticket.
create function wait_for_tickets() returns trigger language plpgsql as $$
begin
  perform from project where id = new.project_id for no key update;
  return new;
end $$;
create trigger mention_goes_after_tickets before insert on removed_mention
for each row execute function wait_for_tickets();
-- What came back and was deleted once more goes from titles once more.
create trigger words_go_with_mention_again after update on removed_mention
for each row execute function forget_words_in_titles();
