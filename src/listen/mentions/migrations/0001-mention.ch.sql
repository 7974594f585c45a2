-- One row per project and mention. An empty string is "unknown": ClickHouse sorts and packs it better than null.
-- A newer version of a row replaces the older one; the small copy of the work state is changed in place by
-- lightweight updates, which need the block columns. Granules and compressed blocks are small because the positions of words
-- are read of the few mentions that the index of the words leaves over, and whole rows of the few that a page shows. Every part
-- is opened by every search, so there is a partition a year: with one a month, history took a million mentions 77 parts.
create table if not exists mention
(
    project_id UInt32,
    id String,
    posted_at DateTime64(3, 'UTC'),
    collected_at DateTime64(3, 'UTC'),
    -- When the row came in here; `collected_at` is the same for a whole run, so that a repeated run gives the same rows.
    saved_at DateTime64(3, 'UTC') default now64(3),
    version UInt64,
    source_id Nullable(UInt32),

    platform LowCardinality(String),
    source LowCardinality(String),
    media LowCardinality(String),
    kind LowCardinality(String),
    url String,
    title String,
    text String codec(ZSTD(3)),
    lang LowCardinality(String),
    lang_confidence Nullable(Float32),
    parent String,
    root String,
    cluster String,
    links Array(String),
    has Array(LowCardinality(String)),

    author_id String,
    author_name String,
    author_handle String,
    author_bio String,
    author_followers Nullable(UInt64),
    author_verified Nullable(Bool),

    likes Nullable(UInt64),
    shares Nullable(UInt64),
    comments Nullable(UInt64),
    views Nullable(UInt64),
    rating Nullable(Float32),

    country LowCardinality(String),
    region LowCardinality(String),
    city LowCardinality(String),

    topics Array(UInt32),
    -- {"topic id": [[field, start, end], …]}: the places in the text that made the match true.
    places String codec(ZSTD(1)),

    sentiment LowCardinality(String),
    sentiment_confidence Nullable(Float32),
    stage LowCardinality(String),
    aspects Array(LowCardinality(String)),
    spam Nullable(Bool),

    tags Array(LowCardinality(String)),
    read Bool,
    important Bool,
    ticket Nullable(UInt32),
    status LowCardinality(String),
    assignee LowCardinality(String),
    first_answer_at Nullable(DateTime64(3, 'UTC')),

    -- base/text/stored-words.ts. Only `terms` is looked up; the others are read where the terms are.
    terms Array(FixedString(8)) codec(ZSTD(1)),
    words Array(UInt32) codec(LZ4),
    word_at Array(UInt16) codec(LZ4),
    stems Array(UInt32) codec(LZ4),
    stem_at Array(UInt16) codec(LZ4),
    text_at UInt16,

    -- What the overview counts by: a number is compared and kept in memory several times faster than its text,
    -- and one dictionary faster than three.
    source_key LowCardinality(String) materialized concat(platform, '\n', source, '\n', media),
    cluster_key UInt64 materialized cityHash64(cluster),
    author_key UInt64 materialized if(author_id = '', 0, cityHash64(author_id)),
    -- Reactions + shares + comments where known; null when none of them is.
    engagement Nullable(UInt64) materialized
        if(likes is null and shares is null and comments is null, null, ifNull(likes, 0) + ifNull(shares, 0) + ifNull(comments, 0)),

    index terms terms type text(tokenizer = 'array', dictionary_block_size = 128),
    index ids id type bloom_filter(0.01) granularity 1,
    index clusters cluster type bloom_filter(0.01) granularity 1,
    index authors author_id type bloom_filter(0.01) granularity 1
)
engine = ReplacingMergeTree(version)
partition by toYear(posted_at)
order by (project_id, posted_at, id)
settings enable_block_number_column = 1, enable_block_offset_column = 1, index_granularity = 512,
  min_compress_block_size = 4096;

-- Posts seen but asked for by nobody, so that a new topic starts with history. It forgets by itself.
create table if not exists archive as mention
engine = ReplacingMergeTree(version)
partition by toYYYYMM(posted_at)
order by (project_id, posted_at, id)
ttl toDateTime(collected_at) + interval ${archiveDays} day
settings enable_block_number_column = 1, enable_block_offset_column = 1, index_granularity = 512,
  min_compress_block_size = 4096;

-- Every word that was ever stored, as written: what a wildcard may mean.
create table if not exists word
(
    word String,
    term FixedString(8),
    place UInt32
)
engine = ReplacingMergeTree
order by word;
