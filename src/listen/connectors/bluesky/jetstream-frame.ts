import { z } from 'zod'
import { postCollection, PostRecord, type Place } from './record.ts'

/** Something that happened on the network, as both versions of Jetstream tell it. */
export type StreamEvent = { at: Mark } & (
  | { kind: 'said'; place: Place; record: PostRecord; again: boolean }
  | { kind: 'removed'; place: Place }
  /** The account was closed, taken down or deleted, and its posts are not shown any more. */
  | { kind: 'left'; did: string }
  /** Of no interest here, but it was received. */
  | { kind: 'other' }
)

/**
 * Where an event stands. `seq` counts on one server only and is null on servers of version 1; `timeUs`, microseconds
 * since 1970, means about the same everywhere.
 */
export type Mark = { seq: number | null; timeUs: number }

export type Frame =
  | { kind: 'event'; event: StreamEvent }
  /** The server began later than we asked. */
  | { kind: 'clamped' }
  /** The server's last word: the connection ends after it. */
  | { kind: 'error'; name: string; message: string }
  | { kind: 'unreadable' }

const Did = z.string().regex(/^did:[a-z]+:[\w.:%-]+$/)
const Commit = z.object({
  operation: z.string(),
  collection: z.string(),
  rkey: z.string(),
  record: z.unknown(),
})
const Account = z.object({ active: z.boolean(), status: z.string().nullish() })

const First = z.object({
  did: Did,
  time_us: z.int().positive(),
  cursor: z.int().nonnegative().nullish(),
  kind: z.string(),
  commit: Commit.nullish(),
  account: Account.nullish(),
})

const Second = z.object({
  seq: z.int().nonnegative(),
  did: Did,
  time: z.string(),
  ...Commit.partial().shape,
  account: Account.nullish(),
})

/** Reads a frame of either version; which one it is, the frame itself says. */
export function readFrame(text: string): Frame {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'unreadable' }
  }
  if (typeof json !== 'object' || json === null) return { kind: 'unreadable' }
  const { $type, payload, error, message } = json as { [name: string]: unknown }
  if ($type === 'error') return { kind: 'error', name: String(error ?? ''), message: String(message ?? '') }
  return $type === 'message' ? readSecond(payload) : readFirst(json)
}

function readFirst(json: unknown): Frame {
  const read = First.safeParse(json)
  if (!read.success) return { kind: 'unreadable' }
  const { did, time_us: timeUs, cursor, kind, commit, account } = read.data
  const at = { seq: cursor ?? null, timeUs }
  if (kind === 'commit' && commit) return { kind: 'event', event: { at, ...changed(did, commit) } }
  if (kind === 'account' && account) return { kind: 'event', event: { at, ...switched(did, account) } }
  return { kind: 'event', event: { at, kind: 'other' } }
}

function readSecond(payload: unknown): Frame {
  const type = String((payload as { $type?: unknown } | null)?.$type ?? '').split('#')[1]
  if (type === 'info') {
    return (payload as { name?: unknown }).name === 'OutdatedCursor' ? { kind: 'clamped' } : { kind: 'unreadable' }
  }
  const read = Second.safeParse(payload)
  const timeUs = read.success ? microseconds(read.data.time) : null
  if (!read.success || timeUs === null) return { kind: 'unreadable' }
  const { seq, did, operation, collection, rkey, record, account } = read.data
  const at = { seq, timeUs }
  if (type === 'commit' && operation !== undefined && collection !== undefined && rkey !== undefined)
    return { kind: 'event', event: { at, ...changed(did, { operation, collection, rkey, record }) } }
  if (type === 'account' && account) return { kind: 'event', event: { at, ...switched(did, account) } }
  return { kind: 'event', event: { at, kind: 'other' } }
}

type What<Event = StreamEvent> = Event extends unknown ? Omit<Event, 'at'> : never

function changed(did: string, { operation, collection, rkey, record }: z.infer<typeof Commit>): What {
  if (collection !== postCollection) return { kind: 'other' }
  const place = { did, rkey }
  if (operation === 'delete') return { kind: 'removed', place }
  const read = PostRecord.safeParse(record)
  return read.success ? { kind: 'said', place, record: read.data, again: operation === 'update' } : { kind: 'other' }
}

function switched(did: string, { active, status }: z.infer<typeof Account>): What {
  return active || isTrouble.test(status ?? '') ? { kind: 'other' } : { kind: 'left', did }
}

// A server that is slow or out of step with the network; its people are still there.
const isTrouble = /^(desynchronized|throttled)$/

/** Six digits after the second, of which a Date keeps three. */
function microseconds(time: string): number | null {
  const [, second, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)$/.exec(time) ?? []
  const ms = second === undefined ? Number.NaN : Date.parse(`${second}Z`)
  return Number.isNaN(ms) ? null : ms * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6))
}
