-- What a platform counted of a post, whenever it was looked up: the series behind the newest counts of `mention`.
create table if not exists engagement
(
    id String,
    seen_at DateTime64(3, 'UTC'),
    likes Nullable(UInt64),
    shares Nullable(UInt64),
    comments Nullable(UInt64),
    views Nullable(UInt64)
)
engine = ReplacingMergeTree
partition by toYYYYMM(seen_at)
order by (id, seen_at);
