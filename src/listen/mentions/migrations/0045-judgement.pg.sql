-- Every word of a person is kept: also one that confirms what stands there, for agreement is measured on both, and with the
-- reason where somebody gave one. `machine` holds the columns as the machine left them: they come back with a correction
-- that is taken back, and are what its errors are measured by.
alter table correction
  drop constraint correction_field_check,
  add constraint correction_field_check check (field in ('sentiment', 'stage', 'place')),
  add column reason text,
  add column machine jsonb;
update correction
set machine = case field
  when 'sentiment' then jsonb_build_object(
    'sentiment', coalesce(machine_value, ''), 'sentiment_confidence', machine_confidence,
    'chance_negative', null, 'chance_positive', null)
  else jsonb_build_object('stage', coalesce(machine_value, ''), 'stage_confidence', null)
  end;
alter table correction
  alter column machine set not null,
  drop column machine_value,
  drop column machine_confidence;
