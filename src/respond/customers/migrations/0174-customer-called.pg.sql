-- Words of names and handles, for finding people while their name is typed. customer.ts asks with the same words.
create index customer_author_called on customer_author
  using gin (to_tsvector('simple', translate(lower(coalesce(name, '') || ' ' || coalesce(handle, '')), 'ё._-@/', 'е     ')));
