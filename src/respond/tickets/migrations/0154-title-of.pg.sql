-- The toxic mention whose words the title repeats: the title is blurred like the mention is. Null: it may be read by everybody.
alter table ticket add column title_of text;
