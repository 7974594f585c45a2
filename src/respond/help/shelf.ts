import { sql } from 'kysely'
import type { Shelf } from '../knowledge/shelf.ts'
import type { TopicKind } from './post.ts'

/** What was asked on a help page and everybody may read, to be found beside the articles. */
export const topicShelf: Shelf<TopicKind> = {
  changed: (project, after, limit) => sql`
    select id as article_id, coalesce(lang, '') as lang, kind, true as is_public, title, text as plain, revision,
      case when state = 'public' and merged_into is null then 'ready' else 'archived' end as state
    from help_post
    where project_id = ${project} and topic_id is null and revision > ${after}
    order by revision
    limit ${limit}`,
  searchable: (project) => sql`
    select id as article_id, coalesce(lang, '') as lang, search
    from help_post
    where project_id = ${project} and topic_id is null and state = 'public' and merged_into is null`,
}
