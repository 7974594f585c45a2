import type { Author } from '../../listen/posts/post.ts'
import { findInBio } from './bio-words.ts'
import type { Copies } from './copies.ts'
import type { AuthorRole, Evidence } from './role.ts'
import { rhythmOf } from './rhythm.ts'
import { answersOthers, type Written } from './written.ts'

/** What is known of a person's accounts and what they wrote. */
export type Known = {
  /** Each as its newest mention tells. */
  authors: Author[]
  /** Oldest first. */
  written: Written[]
  copies: Copies
  /** What the project watches, by name: who is called so speaks for it. */
  topics: { name: string; group: string | null }[]
}

/** Everything seen that speaks for or against a role, each with its points (docs/models/author-role.md). */
export function gatherEvidence(known: Known): Evidence[] {
  return [...ofCustomer(known), ...ofJournalist(known), ...ofEmployee(known), ...ofBusiness(known), ...ofBot(known)]
}

/** Stages in which somebody speaks of what they have, had or want from the brand. */
const ownStages = new Set(['product-request', 'first-review', 'praise', 'negative', 'support', 'leaving'])

function ofCustomer({ written }: Known): Evidence[] {
  const reviews = written.filter(({ rating, kind }) => rating !== null || kind === 'review').length
  const stages = written.filter((one) => one.stage !== null && ownStages.has(one.stage) && !answersOthers(one)).length
  const tickets = new Set(written.flatMap(({ ticket }) => ticket ?? [])).size
  return [
    ...when(reviews > 0, 'customer', 'reviews', 3, { count: reviews }),
    ...when(stages > 0, 'customer', 'own-experience', stages > 1 ? 3 : 2, { count: stages }),
    ...when(tickets > 0, 'customer', 'tickets', 2, { count: tickets }),
  ]
}

function ofJournalist({ authors, written }: Known): Evidence[] {
  const articles = shareOf(written, ({ kind, media }) => kind === 'article' && media === 'news')
  const followers = mostFollowers(authors)
  return [
    ...inBio(authors, 'journalist', 'bio-journalist', 3),
    ...when(articles >= 0.5, 'journalist', 'articles', written.length > 1 ? 3 : 2, { share: articles }),
    ...when(isVerified(authors), 'journalist', 'verified', 1),
    ...when(followers !== null && followers >= 10_000, 'journalist', 'many-followers', 1, {
      followers: followers ?? 0,
    }),
  ]
}

function ofEmployee({ authors, topics }: Known): Evidence[] {
  const named = topics.find(({ name }) => authors.some((author) => holdsAllWords(author.name, name)))
  const told = topics.find((topic) => authors.some(({ bio }) => namesBrand(bio, topic, topics)))
  return [
    ...inBio(authors, 'employee', 'bio-employee', 2),
    ...when(named !== undefined, 'employee', 'named-like-topic', 2, { topic: named?.name ?? '' }),
    ...when(told !== undefined, 'employee', 'bio-names-topic', 2, { topic: told?.name ?? '' }),
    ...when((named ?? told) !== undefined && isVerified(authors), 'employee', 'verified', 2),
  ]
}

function ofBusiness({ authors, written }: Known): Evidence[] {
  const links = shareOf(written, ({ hasLink }) => hasLink)
  return [
    ...inBio(authors, 'business', 'bio-business', 2),
    ...inBio(authors, 'contact', 'bio-contact', 1),
    ...when(written.length >= 5 && links >= 0.6, 'business', 'links', 1, { share: links }),
  ]
}

/** Measured on accounts of a state-run campaign and on people who write to airlines (docs/models/author-role.md). */
function ofBot({ authors, written, copies }: Known): Evidence[] {
  const copied = copies.texts === 0 ? 0 : copies.copied / copies.texts
  // One copy among few texts may be chance.
  const isMuch = copies.texts >= 5
  const { sameMinute, perDay, repeats } = rhythmOf(written)
  const followers = mostFollowers(authors)
  const handle = authors.map((author) => author.handle ?? '').find((one) => /\d{4,}/.test(one))
  const found = [
    ...when(copied >= (isMuch ? 0.2 : 0.5), 'bot-like', 'copies', isMuch && copied >= 0.5 ? 3 : 2, { share: copied }),
    ...when((sameMinute ?? 0) >= 0.5, 'bot-like', 'same-minute', 2, { share: sameMinute ?? 0 }),
    ...when((repeats ?? 0) >= 0.5, 'bot-like', 'repeats', 2, { share: repeats ?? 0 }),
    ...when((perDay ?? 0) >= 20, 'bot-like', 'many-a-day', 1, { count: Math.round(perDay ?? 0) }),
    ...when(handle !== undefined, 'bot-like', 'digits', 1, { handle: handle ?? '' }),
    ...when(followers !== null && followers <= 10, 'bot-like', 'few-followers', 1, { followers: followers ?? 0 }),
  ]
  return [...found, ...when(found.length > 0 && isVerified(authors), 'bot-like', 'verified', -2)]
}

function when(
  holds: boolean,
  role: AuthorRole,
  key: string,
  points: number,
  values: Evidence['values'] = {},
): Evidence[] {
  return holds ? [{ role, key, points, values }] : []
}

function inBio(authors: Author[], what: Parameters<typeof findInBio>[1], key: string, points: number): Evidence[] {
  const words = [...new Set(authors.flatMap(({ bio }) => findInBio(bio ?? '', what)))]
  return when(words.length > 0, what === 'contact' ? 'business' : what, key, points, { words: words.join(', ') })
}

function isVerified(authors: Author[]): boolean {
  return authors.some(({ verified }) => verified === true)
}

function mostFollowers(authors: Author[]): number | null {
  const known = authors.flatMap(({ followers }) => followers ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

function shareOf(written: Written[], holds: (one: Written) => boolean): number {
  return written.length === 0 ? 0 : written.filter(holds).length / written.length
}

function holdsAllWords(name: string | null, topic: string): boolean {
  const own = new Set(wordsOf(name ?? '').map(folded))
  const wanted = wordsOf(topic).map(folded)
  return wanted.length > 0 && wanted.every((word) => own.has(word))
}

/** A word that no other topic of the group has, written as a name, in any case form of its own: «в Филине». */
function namesBrand(bio: string | null, topic: Known['topics'][number], topics: Known['topics']): boolean {
  const siblings = topics.filter((other) => other !== topic && other.group === topic.group)
  const shared = new Set(siblings.flatMap(({ name }) => wordsOf(name).map(folded)))
  const brand = wordsOf(topic.name).filter((word) => isName(word) && word.length >= 4 && !shared.has(folded(word)))
  return wordsOf(bio ?? '').some(
    (word) =>
      isName(word) &&
      brand.some((one) => folded(word).startsWith(folded(one).slice(0, -1)) && word.length <= one.length + 2),
  )
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? []
}

function isName(word: string): boolean {
  return /^\p{Lu}/u.test(word)
}

function folded(word: string): string {
  return word.toLowerCase().replaceAll('ё', 'е')
}
