import { sql } from 'kysely'
import type { Events } from '../../base/events/events.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { findSurroundings } from '../lists/list.ts'
import { createTopicMatcher, type TopicMatcher } from './topic-matcher.ts'
import { findTopic, listAllTopics, listTopics, type Topic } from './topic.ts'

/**
 * A matcher that holds every topic and follows their changes, also those made by another process. `alone`: there is none.
 *
 * Where there are others, one of them may run a changed topic over the archive while this process has a page in hand that met
 * the topic as it was. So work that `holding` was given is done again, until no topic changed in the database between its
 * begin and its end: either the page was saved before the run began and is met by it, or the change is seen here.
 */
export async function watchTopics(
  db: Database,
  events: Events,
  { alone }: { alone: boolean },
): Promise<TopicMatcher & Disposable> {
  const matcher = createTopicMatcher()
  const seen = new Seen(db)
  let changes = 0
  matcher.follow(() => changes++)
  let catching = Promise.resolve()
  await catchUp()
  const stop = events.subscribe((event) => {
    if (event.kind === 'topic') void refresh(db, matcher, event.topic)
    if (event.kind === 'language') void refreshAll(db, matcher, event.project)
  })

  // One after the other: whoever comes second must not go on before what the first one saw is in the matcher.
  function catchUp(): Promise<void> {
    const caught = catching.then(takeChanges)
    catching = caught.catch(() => {})
    return caught
  }

  async function takeChanges(): Promise<void> {
    const { changed, removed } = await seen.look()
    for (const [project, topics] of Map.groupBy(changed, ({ projectId }) => projectId))
      await setAll(db, matcher, project, topics)
    for (const id of removed) matcher.remove(id)
  }

  return {
    ...matcher,
    holding: async (work) => {
      for (;;) {
        const before = changes
        const done = await matcher.holding(work)
        if (!alone) await catchUp()
        if (alone || changes === before) return done
      }
    },
    [Symbol.dispose]: stop,
  }
}

/** What the topics in the database meant when it was looked last. */
class Seen {
  readonly #db: Database
  #stamp: string | null = null
  #meanings = new Map<number, string>()

  constructor(db: Database) {
    this.#db = db
  }

  /** What has changed since the last look. */
  async look(): Promise<{ changed: Topic[]; removed: number[] }> {
    const stamp = await first(this.#db, sql<{ stamp: string }>`select ${stamps} as stamp`)
    if (stamp!.stamp === this.#stamp) return { changed: [], removed: [] }
    const meanings = new Map<number, string>()
    const rows = await list(
      this.#db,
      sql<{ id: number; meaning: string }>`
        select t.id, concat_ws(' ', t.version, t.updated_at, p.time_zone, l.stamp) as meaning
        from topic t
        join project p on p.id = t.project_id
        left join (
          select project_id, concat_ws(' ', count(*), sum(extract(epoch from updated_at))) as stamp
          from list
          group by project_id
        ) as l on l.project_id = t.project_id`,
    )
    for (const { id, meaning } of rows) meanings.set(id, meaning)
    const topics = await listAllTopics(this.#db)
    const changed = topics.filter(({ id }) => meanings.get(id) !== this.#meanings.get(id))
    const removed = [...this.#meanings.keys()].filter((id) => !meanings.has(id))
    this.#stamp = stamp!.stamp
    this.#meanings = meanings
    return { changed, removed }
  }
}

// Another one whenever a topic, a list or the clock of a project is another one.
const stamps = sql`concat_ws(' ',
  (select concat_ws(' ', count(*), sum(version), sum(extract(epoch from updated_at))) from topic),
  (select concat_ws(' ', count(*), sum(extract(epoch from updated_at))) from list),
  (select md5(string_agg(concat_ws(' ', id, time_zone), ',' order by id)) from project)
)`

async function refresh(db: Database, matcher: TopicMatcher, id: number): Promise<void> {
  const topic = await findTopic(db, id)
  if (topic) matcher.set(topic, await findSurroundings(db, topic.projectId))
  else matcher.remove(id)
}

/** A list or the time zone of the project is another one now. */
async function refreshAll(db: Database, matcher: TopicMatcher, project: number): Promise<void> {
  await setAll(db, matcher, project, await listTopics(db, project))
}

async function setAll(db: Database, matcher: TopicMatcher, project: number, topics: Topic[]): Promise<void> {
  const surroundings = await findSurroundings(db, project)
  for (const topic of topics) matcher.set(topic, surroundings)
}
