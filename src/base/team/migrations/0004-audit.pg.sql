-- Who did what, for good: no foreign keys, because an event outlives what it speaks of.
create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  -- Null: it concerns the installation, like a sign-in.
  project_id integer,
  -- Null: nobody known, like a wrong password.
  actor_id text,
  actor text,
  action text not null,
  subject text,
  details jsonb not null default '{}'
);
create index audit_event_of_project on audit_event (project_id, id desc);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'An audit event is never changed or removed';
end
$$;

create trigger audit_event_is_for_good
before update or delete or truncate on audit_event
for each statement execute function refuse_audit_change();
