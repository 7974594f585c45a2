import type { Clickhouse } from '../base/clickhouse/clickhouse.ts'
import { analysePost, type Analysis } from '../base/text/analyse.ts'
import { noWords, storedWords, type StoredWords } from '../base/text/stored-words.ts'
import { canonicalizeUrl } from './connectors/canonical-url.ts'
import { clusterOf } from './enrich/cluster.ts'
import { detectLanguage } from './enrich/language.ts'
import { mediaTypeOf } from './enrich/media-type.ts'
import type { NewMention } from './mentions/mention.ts'
import type { Post } from './posts/post.ts'
import { saveMentions, saveToArchive, type Saved } from './mentions/save.ts'
import type { TopicMatcher, TopicsFound } from './topics/topic-matcher.ts'

/**
 * One post's whole way in, in order. Everything above the last step may run again with the same result,
 * so a page that was interrupted is simply done again.
 */
export const steps: ((batch: Batch, flow: Flow) => void | Promise<void>)[] = [
  each(tidyText), // an empty text can neither match nor be shown
  each(canonicalize), // one article under two addresses is one mention
  each(settleTime), // authors' clocks run ahead, and some sources tell no time
  each(settleLanguage), // word forms depend on it
  each(analyseWords), // once; matching, storing and highlighting use the same words
  each(classifyMedia), // queries may ask for it, so before matching
  each(joinDuplicates), // so that copies count once, and a query may ask for them
  each(matchTopics), // most posts end here, in the archive: nobody asked for them
  each(storeWords), // the last use of the analysis, which is large
  save, // everything above may run again with the same result
]

/** What every post of a run shares. */
export type Flow = {
  clickhouse: Clickhouse
  topics: TopicMatcher
  /** The project that owns the source; null: a source shared by all projects. */
  project: number | null
  sourceId: number | null
  /** Keep posts that match no topic as mentions of `project` too. */
  keepAll: boolean
  /** The same for a whole run, so that repeating it gives the same moments. */
  collectedAt: Date
}

export type Flowed = Saved & { unmatched: number; dropped: { id: string; reason: DropReason }[] }
export type DropReason = 'empty'

/** Brings posts all the way in. What it returned as saved survives the end of the process. */
export async function bringIn(posts: Post[], flow: Flow): Promise<Flowed> {
  const drafts: Draft[] = posts.map((post) => ({
    post: { ...post },
    langConfidence: null,
    analysis: null,
    words: noWords,
    cluster: '',
    matches: new Map(),
    dropped: null,
  }))
  const batch: Batch = { drafts, saved: { added: 0, changed: 0, same: 0 } }
  const alone = steps.filter((step) => step !== save)
  // Some posts at a time, so that what a post needs on its way is gone before the next ones need it.
  for (let from = 0; from < drafts.length; from += postsAtOnce) {
    const some = { ...batch, drafts: drafts.slice(from, from + postsAtOnce) }
    for (const step of alone) await step(some, flow)
  }
  await save(batch, flow)
  const kept = drafts.filter((draft) => !draft.dropped)
  return {
    ...batch.saved,
    unmatched: kept.filter((draft) => draft.matches.size === 0).length,
    dropped: drafts.flatMap(({ post, dropped }) => (dropped ? [{ id: post.id, reason: dropped }] : [])),
  }
}

type Batch = { drafts: Draft[]; saved: Saved }

type Draft = {
  post: Post
  langConfidence: number | null
  analysis: Analysis | null
  words: StoredWords
  cluster: string
  /** By project. */
  matches: Map<number, TopicsFound>
  dropped: DropReason | null
}

const postsAtOnce = 100

function each(step: (draft: Draft, flow: Flow) => void) {
  return (batch: Batch, flow: Flow) => {
    for (const draft of batch.drafts) if (!draft.dropped) step(draft, flow)
  }
}

// Longer texts are cut: no page needs them whole, and one of them must not hold up the others.
const longestText = 200_000

function tidyText(draft: Draft): void {
  const { post } = draft
  post.text = clean(post.text)
  post.title = post.title === null ? null : clean(post.title) || null
  if (post.text === '' && post.title === null) draft.dropped = 'empty'
}

function clean(text: string): string {
  // ClickHouse stores UTF-8: half a surrogate pair would come back as another character, and NUL ends strings in other tools.
  return text.slice(0, longestText).toWellFormed().replaceAll('\0', '').replaceAll('\r\n', '\n').trim()
}

function canonicalize({ post }: Draft): void {
  if (post.url === null) return
  const url = canonicalizeUrl(post.url)
  // An article has no other name than its address.
  if (post.id === `${post.platform}:${post.url}` && url) post.id = `${post.platform}:${url}`
  post.url = url
}

function settleTime({ post }: Draft, flow: Flow): void {
  if (post.postedAt === null || post.postedAt > flow.collectedAt || post.postedAt < firstMoment)
    post.postedAt = flow.collectedAt
}

// Before it nobody posted anything; such dates are a missing value in disguise.
const firstMoment = new Date('1990-01-01')

function settleLanguage(draft: Draft): void {
  const { post } = draft
  if (post.lang !== null) return
  const found = detectLanguage(post.title === null ? post.text : `${post.title}\n${post.text}`)
  post.lang = found.code
  draft.langConfidence = found.confidence
}

function analyseWords(draft: Draft): void {
  draft.analysis = analysePost(draft.post)
}

function classifyMedia({ post }: Draft): void {
  post.media ??= mediaTypeOf(post.platform, post.kind)
}

function matchTopics(draft: Draft, flow: Flow): void {
  draft.matches = flow.topics.match(draft.post, draft.analysis!, flow.project)
  if (flow.keepAll && flow.project !== null && !draft.matches.has(flow.project)) {
    draft.matches.set(flow.project, { topics: [], places: {} })
  }
}

function joinDuplicates(draft: Draft): void {
  draft.cluster = clusterOf(draft.analysis!) ?? draft.post.id
}

function storeWords(draft: Draft): void {
  draft.words = storedWords(draft.analysis!)
  draft.analysis = null
}

async function save(batch: Batch, flow: Flow): Promise<void> {
  const mentions: NewMention[] = []
  const archive: NewMention[] = []
  for (const draft of batch.drafts) {
    if (draft.dropped) continue
    for (const [project, match] of draft.matches) mentions.push(toMention(draft, flow, project, match))
    if (draft.matches.size === 0) archive.push(toMention(draft, flow, flow.project ?? 0, { topics: [], places: {} }))
  }
  batch.saved = await saveMentions(flow.clickhouse, mentions)
  await saveToArchive(flow.clickhouse, archive)
}

function toMention(draft: Draft, flow: Flow, project: number, match: TopicsFound): NewMention {
  return {
    post: draft.post as NewMention['post'],
    project,
    sourceId: flow.sourceId,
    collectedAt: flow.collectedAt,
    langConfidence: draft.langConfidence,
    cluster: draft.cluster,
    ...match,
    words: draft.words,
  }
}
