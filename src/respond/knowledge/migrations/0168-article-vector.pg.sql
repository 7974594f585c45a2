-- What a text means, as numbers of the model that whoever runs this copy has set; made again when either changes.
create table article_vector (
  article_id integer not null references article on delete cascade,
  lang text not null,
  model text not null,
  version integer not null,
  -- Of length 1.
  vector real[] not null,
  -- Grows with every change; one process writes at a time, so the numbers are committed in order.
  revision bigint generated always as identity,
  primary key (article_id, lang, model)
);
create index article_vector_revision on article_vector (revision);
