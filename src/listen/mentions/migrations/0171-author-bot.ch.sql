-- Whether the platform calls the account a program; null: it does not say. Packed with what else only saving a post writes. Both tables
-- alike, since rows move between them whole.
alter table mention
    add column if not exists author_bot Nullable(Bool) after author_verified,
    modify column packed String default toJSONString(tuple(
        collected_at, source_id, platform, source, media, kind, url, lang, lang_confidence, parent, root,
        links, has, author_id, author_name, author_handle, author_bio, author_followers, author_verified,
        likes, shares, comments, views, rating, latitude, longitude, emotions, complaint, toxic, aspects,
        quotes, spam, images, author_bot
    )) codec(ZSTD(1));
alter table archive
    add column if not exists author_bot Nullable(Bool) after author_verified,
    modify column packed String default toJSONString(tuple(
        collected_at, source_id, platform, source, media, kind, url, lang, lang_confidence, parent, root,
        links, has, author_id, author_name, author_handle, author_bio, author_followers, author_verified,
        likes, shares, comments, views, rating, latitude, longitude, emotions, complaint, toxic, aspects,
        quotes, spam, images, author_bot
    )) codec(ZSTD(1));
