alter table rule drop constraint rule_trigger_check;
alter table rule add constraint rule_trigger_check check (
  trigger in ('mention-arrived', 'ticket-opened', 'ticket-changed', 'customer-wrote', 'promise-near', 'promise-missed', 'alarm-raised')
);
-- How far the rules have come among what happened; alarms are read from there.
alter table rule_cursor add column happening_id bigint not null default 0;
