-- What new posts are compared with: the clusters of the last 30 days, as they were settled. `prints` is clusters/prints.ts
-- in base64, which an answer in JSON carries several times faster than as many numbers.
create table if not exists copy
(
    saved_at DateTime64(3, 'UTC') default now64(3),
    scope UInt32,
    id String,
    cluster String,
    posted_at DateTime64(3, 'UTC'),
    prints String codec(ZSTD(1))
)
engine = ReplacingMergeTree
order by (saved_at, scope, id)
ttl toDateTime(saved_at) + interval 30 day;
