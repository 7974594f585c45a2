import type { Post } from '../posts/post.ts'
import type { Problem } from './problems.ts'

/**
 * Code that knows one platform. The same contract serves polling (`fetch` again and again), streaming (`listen`
 * until the signal aborts) and push (`receive` what the platform sends to us); a connector has those it can do.
 * A connector keeps nothing: what it must remember travels in the cursor, which is saved after its items are.
 */
export type Connector<Config> = {
  platform: string
  capabilities: Capabilities
  /** Reads a person's settings; throws UserError naming the field that is wrong. */
  parseConfig(input: unknown): Config
  fetch?(source: SourceToRead<Config>, io: ConnectorIo): Promise<Fetched>
  listen?(source: SourceToRead<Config>, io: ConnectorIo): AsyncIterable<Fetched>
  receive?(source: SourceToRead<Config>, request: PushedRequest): Promise<Pushed>
}

export type Capabilities = {
  collects: ('poll' | 'stream' | 'push')[]
  replies: boolean
  /** Whether the platform tells of edits and deletions after the fact. */
  follows: { edits: boolean; deletions: boolean }
  /** Null where the platform does not bill. */
  cost: { perRequest: number; perItem: number; currency: string } | null
  needs: 'nothing' | 'free-key' | 'approval' | 'paid'
}

export type SourceToRead<Config> = { id: number; config: Config; cursor: Cursor | null }

/** What a connector remembers between pages; JSON, opaque to everybody else. An unreadable one starts anew. */
export type Cursor = { [key: string]: string | number | boolean | null }

export type ConnectorIo = {
  request: import('../../base/http/request.ts').Request
  now: () => Date
  signal: AbortSignal
}

/**
 * `hint` tells a person what to do, in English; `problem` is the same for screens that speak another language.
 * Moved means that the feed, channel or group answers at `to` for good: keep the new address and fetch there.
 */
export type Fetched =
  | { kind: 'page'; items: Post[]; next: Cursor; more: boolean; problems: ItemProblem[]; health: Health }
  | { kind: 'unchanged'; next: Cursor; health: Health }
  | { kind: 'moved'; to: string; permanent: true }
  | { kind: 'rate-limited'; retryAt: Date }
  | { kind: 'signed-out'; hint: string; problem?: Problem }
  | { kind: 'gone'; hint: string; problem?: Problem }
  | { kind: 'failed'; hint: string; retryAt: Date | null; problem?: Problem }

/** An item that could not be read as a whole; the others of its page went in, and it did too unless it had no text. */
export type ItemProblem = { item: string; reason: string; problem?: Problem }

/** `newestAt` and `requests` are about this fetch; `pollAfterMs` is what the platform asks for, null when it does not. */
export type Health = { title: string | null; newestAt: Date | null; requests: number; pollAfterMs: number | null }

export type PushedRequest = { method: string; headers: Headers; query: URLSearchParams; body: Uint8Array }
export type Pushed =
  | { kind: 'items'; items: Post[]; reply: { status: number; body: string } }
  | { kind: 'refused'; status: number; reason: string }
