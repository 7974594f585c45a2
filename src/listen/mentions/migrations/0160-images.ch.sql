-- The pictures of a post as [[address, description or null], …] in JSON; an empty string: the platform does not tell. They are packed
-- with what else only saving a post writes. Both tables alike, since rows move between them whole.
alter table mention
    add column if not exists images String codec(ZSTD(1)) after has,
    modify column packed String default toJSONString(tuple(
        collected_at, source_id, platform, source, media, kind, url, lang, lang_confidence, parent, root,
        links, has, author_id, author_name, author_handle, author_bio, author_followers, author_verified,
        likes, shares, comments, views, rating, latitude, longitude, emotions, complaint, toxic, aspects,
        quotes, spam, images
    )) codec(ZSTD(1));
alter table archive
    add column if not exists images String codec(ZSTD(1)) after has,
    modify column packed String default toJSONString(tuple(
        collected_at, source_id, platform, source, media, kind, url, lang, lang_confidence, parent, root,
        links, has, author_id, author_name, author_handle, author_bio, author_followers, author_verified,
        likes, shares, comments, views, rating, latitude, longitude, emotions, complaint, toxic, aspects,
        quotes, spam, images
    )) codec(ZSTD(1));
