-- Once more what only saving a post writes, as a list in JSON, for a page of rows that lie scattered (mention.ts). Both tables alike,
-- since rows move between them whole.
alter table mention
    add column if not exists packed String default toJSONString(tuple(
        collected_at, source_id, platform, source, media, kind, url, lang, lang_confidence, parent, root,
        links, has, author_id, author_name, author_handle, author_bio, author_followers, author_verified,
        likes, shares, comments, views, rating, latitude, longitude, emotions, complaint, toxic, aspects,
        quotes, spam
    )) codec(ZSTD(1));
alter table archive
    add column if not exists packed String default toJSONString(tuple(
        collected_at, source_id, platform, source, media, kind, url, lang, lang_confidence, parent, root,
        links, has, author_id, author_name, author_handle, author_bio, author_followers, author_verified,
        likes, shares, comments, views, rating, latitude, longitude, emotions, complaint, toxic, aspects,
        quotes, spam
    )) codec(ZSTD(1));
