-- How a member wants to be spared. Absent: as everybody.
create table own_care (
  member_id text primary key references member on delete cascade,
  -- Every picture, not only those beside abusive words, until they ask for it.
  blur_images boolean not null
);
