import { setTimeout } from 'node:timers/promises'
import { must } from '../../base/errors.ts'
import type { Analysis } from '../../base/text/analyse.ts'
import { evaluate, type MatchPlace } from '../match/evaluate.ts'
import { Matcher, ThreadHolds } from '../match/matcher.ts'
import type { Memory } from '../match/memory.ts'
import type { Post } from '../posts/post.ts'
import type { Query } from '../query/query.ts'
import { nowhere, readInProject, type Surroundings } from '../query/in-project.ts'
import type { Topic } from './topic.ts'

export type TopicsFound = {
  topics: number[]
  places: { [topic: string]: MatchPlace[] }
  /** Those of the topics that watch a competitor; absent: none. */
  competitors?: number[]
}

/** A topic as it is from now on; `topic` null: it is no more. */
export type TopicChange = {
  id: number
  topic: { projectId: number; query: string; surroundings: Surroundings; isCompetitor: boolean } | null
}

/** All topics of all projects at once, against one post after another. */
export type TopicMatcher = {
  /** `surroundings` are those of its project. */
  set(
    topic: Pick<Topic, 'id' | 'projectId' | 'query'> & Partial<Pick<Topic, 'isCompetitor'>>,
    surroundings?: Surroundings,
  ): void
  remove(topic: number): void
  /** What each project finds in the post; `project` limits it to one project, null asks all. */
  match(post: Post, analysis: Analysis, project: number | null): Map<number, TopicsFound>
  /** The queries, for the matchers of other threads. */
  readonly memory: Memory
  /** Tells all topics, and from then on each change, until it is stopped. */
  follow(tell: (change: TopicChange) => void): () => void
  /** What another matcher tells. */
  take(change: TopicChange): void
  /** Does work on posts that have met the topics as they are now. */
  holding<T>(work: () => Promise<T>): Promise<T>
  /** After this, no work is under way on posts that met the topics as they were before. */
  settled(): Promise<void>
  /** A thread that matched with `memory` has ended, whatever it had in hand. */
  forget(thread: number): void
}

/** `memory` of the matcher of another thread: this one matches with its queries and takes the changes it tells. */
export function createTopicMatcher(memory: Memory | null = null): TopicMatcher {
  const matcher = new Matcher('forms', memory)
  const known = new Map<number, Known>()
  const followers = new Set<(change: TopicChange) => void>()
  const held = new Set<Promise<unknown>>()
  /** Changes that wait for a thread which died with a post in hand: its end is told only after this thread has rested. */
  const late: TopicChange[] = []
  let waiting: Promise<void> | null = null

  function take(change: TopicChange): void {
    late.push(change)
    if (!waiting && !takeLate()) waiting = retry()
  }

  async function retry(): Promise<void> {
    do await setTimeout(20)
    while (!takeLate())
    waiting = null
  }

  function takeLate(): boolean {
    for (let next = late.shift(); next; next = late.shift()) {
      try {
        apply(next)
      } catch (error) {
        if (!(error instanceof ThreadHolds)) throw error
        late.unshift(next)
        return false
      }
    }
    return true
  }

  function apply(change: TopicChange): void {
    const { id, topic } = change
    // Most topics of most projects are never met in a thread that lives for one import, so a query is read when it is.
    if (topic) known.set(id, { ...topic, parsed: null })
    else known.delete(id)
    if (memory === null && topic) matcher.set(id, queryOf(must(known.get(id))))
    else if (memory === null) matcher.remove(id)
    for (const tell of followers) tell(change)
  }

  return {
    memory: matcher.memory,
    take,
    set: ({ id, projectId, query, isCompetitor = false }, surroundings = nowhere) =>
      take({ id, topic: { projectId, query, surroundings, isCompetitor } }),
    remove: (id) => take({ id, topic: null }),
    match: (post, analysis, project) => {
      const found = new Map<number, TopicsFound>()
      for (const id of matcher.ids(post, analysis)) {
        // Another thread may have changed the topic while we had the page in hand; its run over the archive comes after us.
        const topic = known.get(id)
        if (!topic || (project !== null && topic.projectId !== project)) continue
        const places = evaluate(queryOf(topic), post, analysis)
        if (!places) continue
        const ofProject = found.get(topic.projectId) ?? { topics: [], places: {} }
        ofProject.topics.push(id)
        if (topic.isCompetitor) (ofProject.competitors ??= []).push(id)
        ofProject.places[id] = places
        found.set(topic.projectId, ofProject)
      }
      return found
    },
    follow: (tell) => {
      for (const [id, { parsed: _, ...topic }] of known) tell({ id, topic })
      followers.add(tell)
      return () => followers.delete(tell)
    },
    holding: async (work) => {
      const working = work()
      held.add(working)
      try {
        return await working
      } finally {
        held.delete(working)
      }
    },
    settled: async () => {
      await waiting
      await Promise.allSettled(held)
    },
    forget: (thread) => matcher.forget(thread),
  }
}

type Known = NonNullable<TopicChange['topic']> & { parsed: Query | null }

function queryOf(known: Known): Query {
  return (known.parsed ??= readInProject(known.query, known.surroundings).query)
}
