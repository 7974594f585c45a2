-- Where exactly, in degrees; null when the platform does not say. Both tables alike, since rows move between them whole.
alter table mention add column if not exists latitude Nullable(Float64) after city, add column if not exists longitude Nullable(Float64) after latitude;
alter table archive add column if not exists latitude Nullable(Float64) after city, add column if not exists longitude Nullable(Float64) after latitude;
