import { must } from '../../base/errors.ts'
import type { Events } from '../../base/events/events.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import { findSurroundings } from '../lists/list.ts'
import { evaluate, type MatchPlace } from '../match/evaluate.ts'
import { Matcher } from '../match/matcher.ts'
import type { Post } from '../posts/post.ts'
import type { Query } from '../query/query.ts'
import { nowhere, readInProject, type Surroundings } from '../query/in-project.ts'
import { findTopic, listAllTopics, listTopics, type Topic } from './topic.ts'

export type TopicsFound = { topics: number[]; places: { [topic: string]: MatchPlace[] } }

/** All topics of all projects at once, against one post after another. */
export type TopicMatcher = {
  /** `surroundings` are those of its project. */
  set(topic: Pick<Topic, 'id' | 'projectId' | 'query'>, surroundings?: Surroundings): void
  remove(topic: number): void
  /** What each project finds in the post; `project` limits it to one project, null asks all. */
  match(post: Post, analysis: Analysis, project: number | null): Map<number, TopicsFound>
}

export function createTopicMatcher(): TopicMatcher {
  const matcher = new Matcher()
  const known = new Map<number, { project: number; query: Query }>()
  return {
    set: (topic, surroundings = nowhere) => {
      const { query } = readInProject(topic.query, surroundings)
      known.set(topic.id, { project: topic.projectId, query })
      matcher.set(topic.id, query)
    },
    remove: (topic) => {
      known.delete(topic)
      matcher.remove(topic)
    },
    match: (post, analysis, project) => {
      const found = new Map<number, TopicsFound>()
      for (const id of matcher.ids(post, analysis)) {
        const { project: owner, query } = must(known.get(id))
        if (project !== null && owner !== project) continue
        const ofProject = found.get(owner) ?? { topics: [], places: {} }
        ofProject.topics.push(id)
        ofProject.places[id] = must(evaluate(query, post, analysis))
        found.set(owner, ofProject)
      }
      return found
    },
  }
}

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
