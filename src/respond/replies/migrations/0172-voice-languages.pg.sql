-- In which languages a client replies, as ISO 639-1 codes; none: in any.
alter table reply_voice add column languages text[] not null default '{}';
