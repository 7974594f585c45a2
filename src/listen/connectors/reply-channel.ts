import type { ConnectorIo } from './connector.ts'
import type { Problem } from './problems.ts'

/**
 * Answers on one platform from an official account. A channel keeps nothing: the room of replies remembers what was
 * begun and what came of it, and calls `send` once for a key, and again only after `find` has proved that nothing was
 * published. A channel never tries again by itself.
 */
export type ReplyChannel<Account> = {
  platform: string
  /** After this long a look-up that finds nothing is proof: what was begun has arrived or never will. A try is cut off before. */
  settleMs: number
  /** Reads what a person typed to connect an account; throws UserError naming the field that is wrong. The result is kept sealed. */
  parseAccount(input: unknown): Account
  /** Asks the platform who the account is and what it may; what it learns is kept with the account. */
  greet(account: Account, io: ConnectorIo): Promise<Greeted<Account>>
  /** Exchanges what the account signs in with before it ends: what to keep instead, or null while nothing is due. The old must hold for a while. */
  renew?(account: Account, io: ConnectorIo): Promise<Account | null>
  limits(account: Account): ReplyLimits
  /**
   * The text as it will stand there, such as with the name of whom it answers before it; absent: as it was written. The
   * room words a text so before `send`, `find` and `edit` get it, and measures its length so.
   */
  compose?(text: string, to: AnsweredMention): string
  send(reply: OutgoingReply, account: Account, io: ConnectorIo): Promise<Sent>
  /** Whether a reply that was begun is there. Asked no sooner than `settleMs` after it was begun. */
  find(reply: OutgoingReply, account: Account, io: ConnectorIo): Promise<Found>
  /** Absent where the platform has no such thing. Doing it twice changes nothing. */
  edit?(published: Published, text: string, account: Account, io: ConnectorIo): Promise<Changed>
  remove?(published: Published, account: Account, io: ConnectorIo): Promise<Changed>
}

export type OutgoingReply = {
  /** The same for every try of one reply, and never another's: letters, digits and hyphens. */
  key: string
  text: string
  /** ISO 639-1 of the text; null when nobody knows. */
  lang: string | null
  to: AnsweredMention
  /** When the first try began, which is the oldest that the published reply can be. */
  begunAt: Date
}

/** What is answered, as it was collected. */
export type AnsweredMention = {
  id: string
  url: string | null
  title: string | null
  parent: string | null
  root: string | null
  author: { id: string; name: string | null; handle: string | null } | null
}

/** `id` is what the platform wants to hear for an edit or a removal; `mention` is the id under which it would be collected. */
export type Published = { id: string; mention: string; url: string | null }

export type Sent =
  | ({ kind: 'sent' } & Published)
  /** Certainly not published, and trying the same again would bring the same. */
  | { kind: 'refused'; problem: Problem }
  /** Certainly not published, and may be tried again from this moment on. */
  | { kind: 'later'; at: Date; problem: Problem }
  /** It may be published or not; only a look-up can tell. */
  | { kind: 'unknown'; problem: Problem }

export type Found =
  | ({ kind: 'sent' } & Published)
  /** Proved: nothing was published and nothing is on its way. */
  | { kind: 'absent' }
  | { kind: 'unknown'; problem: Problem }

export type Changed =
  /** `published` only where the change gives it another id or address. */
  { kind: 'done'; published?: Published } | { kind: 'refused' | 'unknown'; problem: Problem }

/** `name` is how people know the account, such as @bank@social.example; `account` replaces the one that was kept. */
export type Greeted<Account> =
  | { kind: 'ready'; name: string; account: Account }
  | { kind: 'refused' | 'unknown'; problem: Problem }

export type ReplyLimits = {
  /** Null: the platform sets none. */
  length: { most: number; unit: LengthUnit } | null
}

/**
 * How a platform counts: code points, what a reader takes for one sign, bytes of UTF-8, units of UTF-16, or as Mastodon does: signs, with
 * every link as 23 and of an account's name only what stands before the second @; or as X does: links as 23, and two
 * for what is outside the letters of Europe and the Near East (https://docs.x.com/fundamentals/counting-characters); or as
 * Threads does: characters, and an emoji as its bytes.
 */
export type LengthUnit = 'characters' | 'graphemes' | 'bytes' | 'utf16' | 'mastodon' | 'x' | 'threads'

/** The length of a text in the unit of a platform. */
export function lengthIn(unit: LengthUnit, text: string): number {
  if (unit === 'characters') return [...text].length
  if (unit === 'bytes') return Buffer.byteLength(text)
  if (unit === 'utf16') return text.length
  if (unit === 'graphemes') return countGraphemes(text)
  if (unit === 'x') return lengthAtX(text)
  if (unit === 'threads') return lengthAtThreads(text)
  return countGraphemes(
    text.replace(/https?:\/\/\S+/gi, 'x'.repeat(23)).replace(/(@[\w.-]+)@[\w-]+(?:\.[\w-]+)+/g, '$1'),
  )
}

// As one: U+0000–U+10FF, and the spaces, dashes and quotation marks of typesetters. An emoji is two however it is made.
const narrow = /^[\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]$/u

function lengthAtX(text: string): number {
  let length = 0
  for (const { segment } of segmenter.segment(text.normalize('NFC').replace(/https?:\/\/\S+/gi, 'x'.repeat(23)))) {
    length += isEmoji(segment) ? 2 : [...segment].reduce((sum, sign) => sum + (narrow.test(sign) ? 1 : 2), 0)
  }
  return length
}

function lengthAtThreads(text: string): number {
  let length = 0
  for (const { segment } of segmenter.segment(text))
    length += isEmoji(segment) ? Buffer.byteLength(segment) : [...segment].length
  return length
}

function isEmoji(segment: string): boolean {
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment)
}

function countGraphemes(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}

const segmenter = new Intl.Segmenter()
