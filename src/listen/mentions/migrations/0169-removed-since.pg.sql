-- Whatever is read again asks what left since the last time.
create index removed_mention_newest on removed_mention (platform, removed_at);
