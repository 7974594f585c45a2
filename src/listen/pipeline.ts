import { analysePost, type Analysis } from '../base/text/analyse.ts'
import { Slab } from '../base/text/slab.ts'
import { storedWords } from '../base/text/stored-words.ts'
import { must } from '../base/errors.ts'
import { canonicalizeUrl } from './connectors/canonical-url.ts'
import type { ProjectCategories } from './categories/project-categories.ts'
import type { PrintedPost } from './clusters/clusters.ts'
import { Prints } from './clusters/prints.ts'
import { detectLanguage, isClaimedInVain } from './enrich/language.ts'
import { mediaTypeOf } from './enrich/media-type.ts'
import { understandPost, understandTowards } from './enrich/understand.ts'
import type { Understanding } from './enrich/understanding.ts'
import type { LateFields } from './match/ask-field.ts'
import type { NewMention } from './mentions/mention.ts'
import type { MentionPage, PageWriter } from './mentions/page.ts'
import type { Post } from './posts/post.ts'
import type { TopicMatcher, TopicsFound } from './topics/topic-matcher.ts'

/**
 * One post's way from a source to the row that is saved, in order. Nothing here touches the outside, so it may run in any
 * thread, and again with the same result.
 */
export const steps: ((draft: Draft, flow: Reading) => void)[] = [
  tidyText, // an empty text can neither match nor be shown
  canonicalize, // one article under two addresses is one mention
  settleTime, // authors' clocks run ahead, and some sources tell no time
  settleLanguage, // word forms depend on it
  analyseWords, // once; matching, storing and highlighting use the same words
  classifyMedia, // queries may ask for it, so before matching
  printText, // what tells copies, which are settled by the first thread: they are known there
  matchTopics, // most posts end here, in the archive: nobody asked for them
  understandMention, // what somebody asked for is worth the time
  writeDown, // at once, so that what the post needed on its way is gone before the next one needs it
]

/** What every post of a page shares. */
export type Circumstances = {
  /** The project that owns the source; null: a source shared by all projects. */
  project: number | null
  sourceId: number | null
  /** Keep posts that match no topic as mentions of `project` too. */
  keepAll: boolean
  /** The same for a whole run, so that repeating it gives the same moments. */
  collectedAt: Date
}

/** What a thread has of its own. */
export type Reading = Circumstances & {
  topics: TopicMatcher
  /** Null: no project has taught any. */
  categories: ProjectCategories | null
  mentions: PageWriter
  archive: PageWriter
}

/** A page of posts on their way from the steps to the tables. */
export type Understood = {
  mentions: MentionPage
  archive: MentionPage
  /** Of every post, in the order in which they came. */
  prints: PrintedPost[]
  unmatched: number
  dropped: { id: string; reason: DropReason }[]
}
export type DropReason = 'empty'

/** Takes a page of posts through the steps. `kept` is for when they are saved. */
export function understand(posts: Post[], flow: Reading): { understood: Understood; kept: () => void } {
  let unmatched = 0
  const dropped: Understood['dropped'] = []
  const prints: PrintedPost[] = []
  // One piece of memory is handed to another thread in less time than many.
  const room = new Slab(posts.length * bytesOfPrints)
  for (const post of posts) {
    const draft: Draft = {
      post: { ...post },
      langConfidence: null,
      analysis: null,
      room,
      prints: null,
      understood: null,
      matches: new Map(),
      dropped: null,
    }
    for (const step of steps) {
      step(draft, flow)
      if (draft.dropped) break
    }
    if (draft.dropped) dropped.push({ id: draft.post.id, reason: draft.dropped })
    else {
      prints.push({ id: draft.post.id, at: must(draft.post.postedAt), prints: must(draft.prints) })
      if (draft.matches.size === 0) unmatched++
    }
  }
  const [mentions, archive] = [flow.mentions.take(), flow.archive.take()]
  return {
    understood: { mentions: mentions.page, archive: archive.page, prints, unmatched, dropped },
    kept: () => {
      mentions.kept()
      archive.kept()
    },
  }
}

type Draft = {
  post: Post & LateFields
  langConfidence: number | null
  analysis: Analysis | null
  /** For the prints of the page. */
  room: Slab
  prints: Uint32Array | null
  understood: Understanding | null
  /** By project. */
  matches: Map<number, TopicsFound>
  dropped: DropReason | null
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

function settleTime({ post }: Draft, flow: Reading): void {
  if (post.postedAt === null || post.postedAt > flow.collectedAt || post.postedAt < firstMoment)
    post.postedAt = flow.collectedAt
}

// Before it nobody posted anything; such dates are a missing value in disguise.
const firstMoment = new Date('1990-01-01')

function settleLanguage(draft: Draft): void {
  const { post } = draft
  const text = post.title === null ? post.text : `${post.title}\n${post.text}`
  if (post.lang !== null && !isClaimedInVain(post.lang, text)) return
  const found = detectLanguage(text)
  post.lang = found.code
  draft.langConfidence = found.confidence
}

function analyseWords(draft: Draft): void {
  draft.analysis = analysePost(draft.post)
}

function classifyMedia({ post }: Draft): void {
  post.media ??= mediaTypeOf(post.platform, post.kind)
}

function matchTopics(draft: Draft, flow: Reading): void {
  // A topic may ask for what is understood later, and then it is understood now.
  draft.post.findOut = () => foundOut(draft)
  draft.matches = flow.topics.match(draft.post, draft.analysis!, flow.project)
  if (flow.keepAll && flow.project !== null && !draft.matches.has(flow.project)) {
    draft.matches.set(flow.project, { topics: [], places: {} })
  }
}

function understandMention(draft: Draft): void {
  if (draft.matches.size > 0) foundOut(draft)
}

function foundOut(draft: Draft): Understanding {
  return (draft.understood ??= understandPost(draft.post, must(draft.analysis)))
}

function printText(draft: Draft): void {
  prints.read(must(draft.analysis))
  draft.prints = prints.pack(0, draft.room)
}

// One thread reads one text at a time.
const prints = new Prints()
/** Of most posts; longer ones take further pieces. */
const bytesOfPrints = 512

function writeDown(draft: Draft, flow: Reading): void {
  const { post, langConfidence } = draft
  const { sourceId, collectedAt } = flow
  const mention = {
    post: post as NewMention['post'],
    sourceId,
    collectedAt,
    langConfidence,
    cluster: post.id,
    words: storedWords(draft.analysis!),
  }
  for (const [project, { competitors, ...match }] of draft.matches) {
    const understood = {
      ...foundOut(draft),
      ...understandTowards(post, must(draft.analysis), match.places, competitors),
      categories: flow.categories?.find(project, must(draft.analysis)).map(({ name }) => name) ?? [],
    }
    flow.mentions.add({ ...mention, project, ...match, understood })
  }
  if (draft.matches.size === 0) flow.archive.add({ ...mention, project: flow.project ?? 0, topics: [], places: {} })
}
