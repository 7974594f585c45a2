-- What is understood of a mention beside the columns of the first day. The chances are calibrated probabilities, so that their
-- mean over many mentions is the expected share; null where nobody judged. An empty `sentiment` beside a confidence says
-- “unsure”. Both tables alike, since rows move between them whole.
alter table mention
    add column if not exists chance_negative Nullable(Float32) after sentiment_confidence,
    add column if not exists chance_positive Nullable(Float32) after chance_negative,
    add column if not exists negative_topics Array(UInt32) after chance_positive,
    add column if not exists positive_topics Array(UInt32) after negative_topics,
    add column if not exists stage_confidence Nullable(Float32) after stage,
    add column if not exists emotions Array(LowCardinality(String)) after stage_confidence,
    add column if not exists complaint Nullable(Bool) after emotions,
    add column if not exists toxic Nullable(Bool) after complaint,
    add column if not exists place_from LowCardinality(String) after longitude,
    add column if not exists place_confidence Nullable(Float32) after place_from,
    add column if not exists quotes String codec(ZSTD(1)) after aspects,
    add column if not exists categories Array(LowCardinality(String)) after quotes;
alter table archive
    add column if not exists chance_negative Nullable(Float32) after sentiment_confidence,
    add column if not exists chance_positive Nullable(Float32) after chance_negative,
    add column if not exists negative_topics Array(UInt32) after chance_positive,
    add column if not exists positive_topics Array(UInt32) after negative_topics,
    add column if not exists stage_confidence Nullable(Float32) after stage,
    add column if not exists emotions Array(LowCardinality(String)) after stage_confidence,
    add column if not exists complaint Nullable(Bool) after emotions,
    add column if not exists toxic Nullable(Bool) after complaint,
    add column if not exists place_from LowCardinality(String) after longitude,
    add column if not exists place_confidence Nullable(Float32) after place_from,
    add column if not exists quotes String codec(ZSTD(1)) after aspects,
    add column if not exists categories Array(LowCardinality(String)) after quotes;
