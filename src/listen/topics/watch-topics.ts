import type { Events } from '../../base/events/events.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import { findSurroundings } from '../lists/list.ts'
import { createTopicMatcher, type TopicMatcher } from './topic-matcher.ts'
import { findTopic, listAllTopics, listTopics, type Topic } from './topic.ts'

/** A matcher that holds every topic and follows their changes, also those made by another process. */
export async function watchTopics(db: Database, events: Events): Promise<TopicMatcher & Disposable> {
  const matcher = createTopicMatcher()
  for (const [project, topics] of Map.groupBy(await listAllTopics(db), ({ projectId }) => projectId))
    await setAll(db, matcher, project, topics)
  const stop = events.subscribe((event) => {
    if (event.kind === 'topic') void refresh(db, matcher, event.topic)
    if (event.kind === 'language') void refreshAll(db, matcher, event.project)
  })
  return { ...matcher, [Symbol.dispose]: stop }
}

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
