import type { Connect } from '../../base/http/socket.ts'
import type { Request } from '../../base/http/request.ts'
import type { Stream } from '../../base/http/stream.ts'
import type { Post } from '../posts/post.ts'
import type { Query } from '../query/query.ts'
import type { Problem } from './problems.ts'

/**
 * Code that knows one platform. The same contract serves polling (`fetch` again and again), streaming (`listen`
 * until the signal aborts) and push (`receive` what the platform sends to us); a connector has those it can do.
 * A connector keeps nothing: what it must remember travels in the cursor, which is saved after its items are.
 */
export type Connector<Config> = {
  platform: string
  capabilities: Capabilities
  /** Reads a person's settings; throws UserError naming the field that is wrong. Secrets are not among them. */
  parseConfig(input: unknown): Config
  /** How this source is collected, where the connector knows several ways; absent: the first of `collects`. */
  way?(config: Config, secrets: SourceSecrets): Way
  fetch?(source: SourceToRead<Config>, io: SourceIo): Promise<Fetched>
  /**
   * Brings what came since the cursor, then what comes, until the signal aborts. It yields as soon as there is something,
   * one event at a time if it likes: the collector joins pages, saves them and then the cursor of the last one.
   * `unchanged` says that the connection lives and may carry the cursor forward; half a minute without anything is
   * too long where the platform has a heartbeat, and then the connector ends. `more` marks pages of the past. Whatever
   * is neither page nor `unchanged` is its last word; ending without one means that the connection broke. The collector
   * then calls it again with the saved cursor, later and later.
   */
  listen?(source: SourceToRead<Config>, io: SourceIo): AsyncIterable<Fetched>
  receive?(source: SourceToRead<Config>, request: PushedRequest, io: SourceIo): Promise<Pushed>
  /**
   * Exchanges secrets that come to their end, before a polled source is read: what to keep in place of those of these
   * names, or null while nothing is due. The old ones must hold for a while, for a process may die before the new are kept.
   */
  renew?(secrets: SourceSecrets, io: SourceIo): Promise<SourceSecrets | null>
  /** What the platform says now of posts that it brought earlier, at most `capabilities.looksUp` ids at once. */
  lookUp?(ids: string[], source: SourceToRead<Config>, io: SourceIo): Promise<LookedUp>
}

export type Way = 'poll' | 'stream' | 'push'

export type Capabilities = {
  collects: Way[]
  replies: boolean
  /** Whether the platform tells of edits and deletions after the fact. */
  follows: { edits: boolean; deletions: boolean }
  /** Null where the platform does not bill. */
  cost: { perRequest: number; perItem: number; currency: string } | null
  needs: 'nothing' | 'free-key' | 'approval' | 'paid'
  /** How many posts `lookUp` takes at once; absent: the connector has none. */
  looksUp?: number
  /** What the platform allows; `io.spend` counts by them. */
  quotas?: Quota[]
}

/** So many units in a window that begins anew at midnight of `zone`, or every `per` milliseconds. */
export type Quota = {
  name: string
  units: number
  per: 'day' | number
  zone?: string
  /** Whose it is: the credential's (the default), or this machine's address. */
  of?: 'credential' | 'address'
}

export type SourceToRead<Config> = {
  id: number
  config: Config
  secrets: SourceSecrets
  cursor: Cursor | null
  /** Where the platform may push for this source; absent where nobody outside can reach us. */
  push?: PushAddress | undefined
  /** What the topics of its project ask for now, for platforms that send by words; absent: a source of all projects. */
  topics?: (() => Promise<Query[]>) | undefined
  /**
   * Ids of posts that a look-up found gone since the cursor was kept. Where one may be shown again as it was, it must not be
   * taken for a known one then. Absent where nothing is kept.
   */
  left?: (() => Promise<string[]>) | undefined
}

/** An address that nobody can guess, and a secret that only the platform and we know. Both stay the same for a source. */
export type PushAddress = { url: string; secret: string }

/** Tokens and passwords by the names of the catalogue. They go to the platform and nowhere else: no cursor, hint or error has them. */
export type SourceSecrets = { readonly [name: string]: string }

/** What a connector remembers between pages; JSON, opaque to everybody else. An unreadable one starts anew. */
export type Cursor = { [key: string]: string | number | boolean | null }

export type ConnectorIo = {
  request: Request
  /** Which addresses sockets of other protocols, like those of mail, may be opened to; absent: public ones. */
  allows?: ((address: string) => boolean) | undefined
  now: () => Date
  signal: AbortSignal
  /** Takes from the project's budget before something is asked that costs money; absent: nothing that costs may be asked. */
  pay?: Pay | undefined
}

/** What a source is read with. */
export type SourceIo = ConnectorIo & {
  pay: Pay
  /** Opens a WebSocket, by the rules of `request`. */
  connect: Connect
  /** Asks for an answer without an end and reads it as it comes. */
  stream: Stream
  /** Takes from a quota before the request that costs it. Refused: nothing may be asked before `until`. */
  spend: (quota: string, units?: number) => Promise<Spent>
  /**
   * While listening: settles when everything that was yielded is saved, and so is its cursor, or when nothing will be any
   * more. For platforms that forget what was asked for after it; absent where nothing is kept.
   */
  saved?: () => Promise<void>
}

export type Spent = { kind: 'spent' } | { kind: 'refused'; until: Date }

/** Millionths of the unit of a currency: prices are parts of a cent, and their sums must be exact. */
export type Micros = number

/** Reserves the most that what is asked next may cost, so that a budget holds whatever happens after it. */
export type Pay = (most: Micros) => Promise<Paid>

/** What was not settled counts as spent in full. Refused: the budget does not reach, or there is none. */
export type Paid =
  | { kind: 'reserved'; settle(charged: Charge[]): Promise<void> }
  | { kind: 'refused'; until: Date; problem: Problem }

/** `once` names what the platform bills once per UTC day, however often it is asked for; null: billed every time. */
export type Charge = { micros: Micros; once: string | null }

/**
 * `hint` tells a person what to do, in English; `problem` is the same for screens that speak another language.
 * Moved means that the feed, channel or group answers at `to` for good: keep the new address and fetch there.
 */
export type Fetched =
  | FetchedPage
  | { kind: 'unchanged'; next: Cursor; health: Health }
  | { kind: 'moved'; to: string; permanent: true }
  | Unreadable

export type FetchedPage = {
  kind: 'page'
  items: Post[]
  next: Cursor
  more: boolean
  problems: ItemProblem[]
  health: Health
} & Followed

/** What the platform says of posts that it brought before. */
export type Followed = {
  /** Ids of posts that are deleted there; ids nobody knows do no harm. Deleted holds over an item of the same page. */
  removed?: string[]
  /** Ids of authors whose posts are all gone, because the account is deleted or closed. */
  removedAuthors?: string[]
  /** Ids of items of this page that said something else before: topics are decided anew for them. */
  edited?: string[]
}

export type Unreadable =
  /** Without a hint: the platform asks us to wait. */
  | { kind: 'rate-limited'; retryAt: Date; hint?: string; problem?: Problem }
  | { kind: 'signed-out'; hint: string; problem?: Problem }
  | { kind: 'gone'; hint: string; problem?: Problem }
  | { kind: 'failed'; hint: string; retryAt: Date | null; problem?: Problem }

/** `missing` are no longer there, which only a connector may say that can tell it from “not shown to us”. */
export type LookedUp = { kind: 'found'; posts: Post[]; missing: string[] } | Unreadable

/** An item that could not be read as a whole; the others of its page went in, and it did too unless it had no text. */
export type ItemProblem = { item: string; reason: string; problem?: Problem }

/** `newestAt` and `requests` are about this fetch; `pollAfterMs` is what the platform asks for, null when it does not. */
export type Health = { title: string | null; newestAt: Date | null; requests: number; pollAfterMs: number | null }

export type PushedRequest = { method: string; headers: Headers; query: URLSearchParams; body: Uint8Array; at: Date }
export type Pushed =
  | ({
      kind: 'items'
      items: Post[]
      reply: { status: number; body: string }
      /** The platform's own name of what it told: told again, late, it changes nothing any more. */
      event?: string
    } & Followed)
  | { kind: 'refused'; status: number; reason: string }
