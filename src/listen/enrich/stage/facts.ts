import type { Analysis } from '../../../base/text/analyse.ts'
import type { Post } from '../../posts/post.ts'
import { facts, type Fact } from './pattern.ts'
import { address, name, type Units } from './units.ts'

/** A bit for each fact. */
export type Facts = number

export function bitOf(fact: Fact): Facts {
  return 1 << facts.indexOf(fact)
}

/** The facts that need no words of a language. */
export function readFacts(
  { rating, media, kind }: Pick<Post, 'rating' | 'media' | 'kind'>,
  { text, starts, ends, textToken }: Analysis,
  { count, kinds, tokens, words }: Units,
  tone: 'negative' | 'neutral' | 'positive' | null,
  names: Uint8Array | null,
): Facts {
  let held = 0
  if (count > 0 && kinds[0] === name) held |= addressed
  // The names at the beginning are those who are spoken to.
  if (names && held !== 0) {
    let at = 0
    while (at < count && kinds[at] === name && names[at] === 0) at++
    held |= at < count && kinds[at] === name ? toBrand : toOther
  }
  if (count > 1 && kinds[1] === name && words[0]!.folded === 'rt') held |= retweet
  let stops = false
  let at = 0
  for (let unit = 0; unit <= count; unit++) {
    // Signs of the title are not read: they stand in another text.
    const token = unit < count ? tokens[unit]! : starts.length
    if (unit < count && kinds[unit] === address) held |= link
    if (token < textToken) continue
    const until =
      unit < count ? starts[token]! : count === 0 || tokens[count - 1]! === starts.length - 1 ? text.length : at
    for (; at < until; at++) {
      const code = text.charCodeAt(at)
      if (code === questionMark || code === arabicQuestion || code === wideQuestion) {
        held |= question
        stops = true
      } else if (code === angledQuote) held |= quoted
      else if (code === caret) held |= signed
      else if (code === exclamation || code === bracket || code === ellipsis || code === comma || code === stop)
        stops = true
    }
    if (unit < count) at = Math.max(at, ends[token]!)
  }
  if ((held & link) !== 0 && !stops) held |= bare
  if (media === 'news' || kind === 'article') held |= news
  const judged = tone ?? (rating === null ? null : rating >= 4 ? 'positive' : rating <= 2 ? 'negative' : null)
  if (judged === 'positive') held |= positive
  if (judged === 'negative') held |= negative
  return held
}

const addressed = bitOf('addressed')
const toBrand = bitOf('to-brand')
const toOther = bitOf('to-other')
const retweet = bitOf('retweet')
const link = bitOf('link')
const question = bitOf('question')
const quoted = bitOf('quoted')
const signed = bitOf('signed')
const bare = bitOf('bare')
const news = bitOf('news')
const positive = bitOf('positive')
const negative = bitOf('negative')

const questionMark = 63
const arabicQuestion = 0x61f
const wideQuestion = 0xff1f
const angledQuote = 0xab
const caret = 94
const exclamation = 33
const bracket = 41
const ellipsis = 0x2026
const comma = 44
const stop = 46
