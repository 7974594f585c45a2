import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { analysePost } from '../../base/text/analyse.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { reportProgress, type Progress } from '../../base/progress/progress.ts'
import { addProject } from '../../base/team/project.ts'
import type { Project, Who } from '../../base/team/scope.ts'
import type { Post } from '../posts/post.ts'
import { bringIn } from '../bring-in.ts'
import { createTopicMatcher, type TopicMatcher } from '../topics/topic-matcher.ts'
import { addTopic, listTopics, markSearched, type TopicInput } from '../topics/topic.ts'
import { acknowledge } from './acknowledge.ts'
import { beginRun, type Run, type RunEnd } from './run.ts'
import { readSamplePosts } from './sample-world.ts'
import type { Locale } from './told.ts'
import type { CollectWorld } from './world.ts'

const pageSize = 200
const projectName: InBoth = { en: 'Filin Bank', ru: 'Филин Банк' }

/**
 * The sample project and the progress of filling it. There is one: asking again shows it, and fills it once more only
 * when filling failed.
 */
export async function startSample(
  db: Database,
  who: Who,
  options: { now: Date; locale: Locale },
): Promise<{ project: Project; progress: Progress }> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(72656565)`.execute(tx)
    const found = await first(
      tx,
      sql<Project>`select id, name, time_zone, is_sample, created_at from project where is_sample order by id limit 1`,
    )
    const project =
      found ??
      (await addProject(tx, who, { name: projectName[options.locale], timeZone: 'Europe/Moscow', isSample: true }))
    const known = await first(
      tx,
      sql<Progress>`
        select * from progress
        where project_id = ${project.id} and kind = 'sample' and state not in ('failed', 'cancelled')
        limit 1`,
    )
    const data = { today: options.now.toISOString(), next: 0, locale: options.locale }
    return {
      project,
      progress: known ?? (await beginRun(tx, project.id, { kind: 'sample', title: project.name, data })),
    }
  })
}

/** Topics and posts of the sample; what its day has not reached yet is left for the replay. */
export async function runSample(world: CollectWorld, run: Run, signal: AbortSignal): Promise<RunEnd> {
  await addSampleTopics(world, run.projectId, readLocale(run.data['locale']))
  const topics = await matcherOf(world.db, run.projectId)
  const today = new Date(String(run.data['today']))
  const posts = inThreads(
    (await readSamplePosts(today)).filter(({ postedAt }) => postedAt <= today),
    topics,
    run.projectId,
  )
  await reportProgress(world.db, world.events, run.progressId, { step: 'read', total: posts.length })
  for (let next = Number(run.data['next']); next < posts.length; next += pageSize) {
    if (signal.aborted) return { kind: 'stopped' }
    await reportProgress(world.db, world.events, run.progressId, { step: 'match' })
    const page = posts.slice(next, next + pageSize)
    const brought = await bringSample(world, topics, run.projectId, page, today)
    const cancelled = await acknowledge(
      world,
      run,
      { ...run.data, next: next + page.length },
      { step: 'save', done: page.length, ...brought },
    )
    if (brought.saved > 0)
      await world.events.publish({ project: run.projectId, kind: 'mentions', added: brought.saved })
    if (cancelled) return { kind: 'cancelled' }
  }
  return { kind: 'done' }
}

export type InThread = { post: Post & { postedAt: Date }; asked: boolean }

/**
 * Marks the posts of conversations in which a topic was found. Like a platform that gives the whole conversation, the
 * sample brings the answers in as well, though they seldom name the brand.
 */
export function inThreads(posts: (Post & { postedAt: Date })[], topics: TopicMatcher, project: number): InThread[] {
  const roots = new Set(
    posts.filter((post) => topics.match(post, analysePost(post), project).size > 0).map((post) => post.root ?? post.id),
  )
  return posts.map((post) => ({ post, asked: roots.has(post.root ?? post.id) }))
}

export async function bringSample(
  world: CollectWorld,
  topics: TopicMatcher,
  project: number,
  posts: InThread[],
  collectedAt: Date,
): Promise<{ saved: number; unmatched: number }> {
  const sum = { saved: 0, unmatched: 0 }
  for (const [keepAll, some] of Map.groupBy(posts, ({ asked }) => asked)) {
    const flow = {
      clickhouse: world.clickhouse,
      topics,
      categories: world.categories,
      clusters: world.clusters,
      project,
      sourceId: null,
      keepAll,
      collectedAt,
    }
    const { added, changed, same, unmatched } = await bringIn(
      some.map(({ post }) => post),
      flow,
    )
    sum.saved += added + changed + same
    sum.unmatched += unmatched
  }
  return sum
}

/** The topics of this project alone, as they stand in the database now. */
export async function matcherOf(db: Database, project: number): Promise<TopicMatcher> {
  const matcher = createTopicMatcher()
  for (const topic of await listTopics(db, project)) matcher.set(topic)
  return matcher
}

/** When the day 0 of the project's sample is; null when it was never filled. */
export async function sampleDay(db: Database, project: number): Promise<Date | null> {
  const row = await first(
    db,
    sql<{ today: string }>`
      select data ->> 'today' as today
      from run
      where project_id = ${project} and kind = 'sample'
      order by created_at desc
      limit 1`,
  )
  return row && new Date(row.today)
}

/** The language it was begun in, whoever opens it later. */
export async function languageOfSample(db: Database, project: number): Promise<Locale> {
  const row = await first(
    db,
    sql<{ locale: string | null }>`
      select data ->> 'locale' as locale
      from run
      where project_id = ${project} and kind = 'sample'
      order by created_at
      limit 1`,
  )
  return readLocale(row?.locale)
}

function readLocale(kept: unknown): Locale {
  return kept === 'ru' ? 'ru' : 'en'
}

type SampleTopic = { name: InBoth; group: InBoth; competitor?: boolean; query: string }
type InBoth = { [locale in Locale]: string }

/** The topics as somebody who speaks this language would have named them. */
export async function readSampleTopics(locale: Locale): Promise<TopicInput[]> {
  return (await readTopicsFile()).map((topic) => inputOf(topic, locale))
}

function inputOf({ name, group, competitor = false, query }: SampleTopic, locale: Locale): TopicInput {
  return { name: name[locale], group: group[locale], query, isCompetitor: competitor }
}

async function readTopicsFile(): Promise<SampleTopic[]> {
  return JSON.parse(await readFile(join(import.meta.dirname, '../../../sample/topics.json'), 'utf8')) as SampleTopic[]
}

/** Every process hears of the topics, so what is brought into the sample later is matched with them too. */
async function addSampleTopics(
  { db, events }: Pick<CollectWorld, 'db' | 'events'>,
  project: number,
  locale: Locale,
): Promise<void> {
  const there = new Map((await listTopics(db, project)).map((topic) => [topic.name, topic]))
  for (const sample of await readTopicsFile()) {
    const { name } = sample
    // A run that failed may have begun in the other language.
    const topic =
      there.get(name.ru) ?? there.get(name.en) ?? (await addTopic(db, project, inputOf(sample, locale), null))
    // All posts of the sample come after its topics.
    await markSearched(db, topic)
    await events.publish({ project, kind: 'topic', topic: topic.id })
  }
}
