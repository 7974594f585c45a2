import { createHash } from 'node:crypto'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Admission, Limit } from '../../base/team/tries.ts'
import { admit } from '../knowledge/admit.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * How often visitors may do something: from one network, and on one page. Behind one address may sit an office, so these are more
 * than one person does.
 */
const limits = {
  post: { address: { tries: 10, perMs: 10 * minute }, page: { tries: 200, perMs: hour } },
  vote: { address: { tries: 60, perMs: hour }, page: { tries: 5_000, perMs: hour } },
  subscribe: { address: { tries: 10, perMs: hour }, page: { tries: 300, perMs: hour } },
} as const satisfies { [what: string]: { address: Limit; page: Limit } }
export type Limited = keyof typeof limits

/** One topic gets so many votes a day from browsers of one network. */
const votesOnTopic: Limit = { tries: 5, perMs: day }
/** One address is asked so often a day whether it wants letters, by whomever. */
const askedByLetter: Limit = { tries: 3, perMs: day }

/** Counts a try, in the database, so that neither a restart nor another process begins anew. */
export async function admitVisitor(
  db: Database,
  what: Limited,
  { project, network, about }: { project: number; network: string; about?: { topic?: number; email?: string } },
  now: Date,
): Promise<Admission> {
  const key = (name: string) => `help:${what}:${project}:${name}`
  const counted: [string, Limit][] = [[key(hashed(network)), limits[what].address]]
  if (about?.topic !== undefined) counted.push([key(`${about.topic}:${hashed(network)}`), votesOnTopic])
  if (about?.email !== undefined) counted.push([`help:letter:${hashed(about.email)}`, askedByLetter])
  // The page last: what one network does too often must not use up what is for all.
  counted.push([key('page'), limits[what].page])
  for (const [name, limit] of counted) {
    const admission = await admit(db, name, limit, now)
    if (admission.kind === 'refused') return admission
  }
  return { kind: 'admitted' }
}

/** An address of IPv6 is one of some 2^64 that a household has. */
export function networkOf(written: string): string {
  const address = written.toLowerCase()
  const old = /^(?:::ffff:)?(\d+(?:\.\d+){3})$/.exec(address)?.[1]
  if (old !== undefined || !address.includes(':')) return old ?? address
  const [head = '', tail] = address.replace(/%.*/, '').split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const all =
    tail === undefined
      ? groups
      : [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/** Nobody has to know afterwards from where somebody wrote. */
function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
