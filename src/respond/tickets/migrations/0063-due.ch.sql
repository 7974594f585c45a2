-- When the next promise of its ticket ends; null: none runs. Both tables alike, since rows move between them whole.
alter table mention add column if not exists due_at Nullable(DateTime64(3, 'UTC')) after assignee;
alter table archive add column if not exists due_at Nullable(DateTime64(3, 'UTC')) after assignee;
