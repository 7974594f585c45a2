import type { Clickhouse } from '../base/clickhouse/clickhouse.ts'
import type { ProjectCategories } from './categories/project-categories.ts'
import type { Clusters } from './clusters/clusters.ts'
import { PageWriter } from './mentions/page.ts'
import { savePage, type Saved } from './mentions/save.ts'
import { understand, type Circumstances, type Understood } from './pipeline.ts'
import type { Post } from './posts/post.ts'
import type { Threads } from './threads.ts'
import type { TopicMatcher } from './topics/topic-matcher.ts'

export type Flow = Circumstances & {
  clickhouse: Clickhouse
  topics: TopicMatcher
  /** Null or absent: no project has taught any. */
  categories?: ProjectCategories | null
  /** Null or absent: every post stands alone. */
  clusters?: Clusters | null
  /** Null or absent: this thread reads the posts itself. */
  threads?: Threads | null
}
/** `archived`: how many posts that nobody asked for came for the first time. */
export type Flowed = Saved & { archived: number } & Pick<Understood, 'unmatched' | 'dropped'>

/**
 * Brings posts all the way in. What it returned as saved survives the end of the process. `after`: they are understood meanwhile,
 * and settled and saved only when this has come true; when it fails, so do they.
 */
export async function bringIn(posts: Post[], flow: Flow, after: Promise<unknown> | null = null): Promise<Flowed> {
  // Until its page is saved, a run over the archive could pass a post by that met the topic as it was before; where another
  // process changed a topic meanwhile, the page is brought in once more, and what was saved the first time counts as well.
  let before: Flowed | null = null
  return flow.topics.holding(async () => {
    const understanding = understandSomewhere(posts, flow)
    // Whoever waits for it below hears of its failure; until then it is not unhandled.
    if (understanding instanceof Promise) understanding.catch(() => {})
    await after
    const { understood, kept } = await understanding
    const { mentions, archive, unmatched, dropped } = understood
    if (flow.clusters) {
      const clusters = await flow.clusters.settle(understood.prints, flow.project ?? 0)
      for (const page of [mentions, archive]) page.clusters = page.ids.map((id) => clusters.get(id) ?? id)
    }
    const saved = await savePage(flow.clickhouse, 'mention', mentions)
    const { added: archived } = await savePage(flow.clickhouse, 'archive', archive)
    kept()
    const flowed = { ...saved, archived, unmatched, dropped }
    before = before ? { ...before, unmatched, added: before.added + saved.added } : flowed
    return before
  })
}

function understandSomewhere(posts: Post[], flow: Flow) {
  const { clickhouse, topics, categories = null, threads, clusters: _, ...circumstances } = flow
  if (threads && posts.length >= worthAThread) return threads.understand(posts, circumstances)
  const [mentions, archive] = [new PageWriter(clickhouse), new PageWriter(clickhouse)]
  return understand(posts, { ...circumstances, topics, categories, mentions, archive })
}

// A shorter page is understood sooner than a thread that has rested answers.
const worthAThread = 200
