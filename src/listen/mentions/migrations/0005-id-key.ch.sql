-- Tells whether a mention stands in the table twice for a fraction of what its id costs. Both tables alike, since rows move
-- between them whole.
alter table mention add column if not exists id_key UInt64 materialized cityHash64(id);
alter table archive add column if not exists id_key UInt64 materialized cityHash64(id);
