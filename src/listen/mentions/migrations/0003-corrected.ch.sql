-- The columns a person has judged: no machine writes them any more. Both tables alike, since rows move between them whole.
alter table mention add column if not exists corrected Array(LowCardinality(String)) after first_answer_at;
alter table archive add column if not exists corrected Array(LowCardinality(String)) after first_answer_at;
