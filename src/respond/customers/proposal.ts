import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Written } from '../../measure/authors/written.ts'
import { listDecisions, refusedFor, type Reason } from './decision.ts'
import { findLookAlikes, findTwins, type Account, type Twin } from './look-alike.ts'

/** An account that may be the same person's, with everything that speaks for it. A person decides. */
export type Proposal = { account: Account; reasons: Reason[] }

/** Fewer are a chance likeness and are not shown. */
const enoughPoints = 2
const mostShown = 8

/**
 * Who else may be the person behind these accounts, the likeliest first. Never those of whom people have said that they
 * are somebody else. Nothing is joined by this.
 */
export async function listProposals(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  project: number,
  accounts: Account[],
  written: Written[],
): Promise<Proposal[]> {
  const ids = accounts.map(({ id }) => id)
  const refused = refusedFor(ids, await listDecisions(db, project, ids))
  const twins = await findTwins(clickhouse, project, ids, written)
  const found = await findLookAlikes(clickhouse, project, ids, {
    ids: twins.map(({ id }) => id),
    handles: [
      ...accounts.flatMap(handleOf),
      ...accounts.flatMap(({ bio }) => addressesIn(bio).map(({ handle }) => handle)),
    ],
    names: accounts.flatMap(({ name }) => (isWholeName(name) ? [name.toLowerCase()] : [])),
    addresses: accounts.flatMap(handleOf),
  })
  return found
    .filter(({ id }) => !refused.has(id))
    .map((account) => ({ account, reasons: strongest(accounts, account, twins) }))
    .filter(({ reasons }) => weigh(reasons) >= enoughPoints)
    .toSorted((a, b) => weigh(b.reasons) - weigh(a.reasons) || b.account.mentions - a.account.mentions)
    .slice(0, mostShown)
}

/** What speaks for one person behind two accounts, and what against it. */
export function compareAccounts(one: Account, other: Account, twins: Twin[]): Reason[] {
  const reasons: Reason[] = []
  const [handle] = handleOf(one)
  if (handle !== undefined && handleOf(other)[0] === handle && one.platform !== other.platform)
    reasons.push({ key: 'same-handle', points: handle.length < 6 ? 2 : 3, values: { handle } })
  const address =
    addressesIn(one.bio).find((found) => leadsTo(found, other)) ??
    addressesIn(other.bio).find((found) => leadsTo(found, one))
  if (address !== undefined) reasons.push({ key: 'address-in-bio', points: 4, values: { address: address.written } })
  if (isWholeName(one.name) && one.name.toLowerCase() === other.name?.toLowerCase())
    reasons.push(...compareNames(one.name, one, other))
  const same = twins.filter(({ id }) => id === other.id)
  if (same.length > 0) {
    const minutes = Math.ceil(Math.min(...same.map(({ seconds }) => seconds)) / 60)
    reasons.push({ key: 'same-text', points: same.length > 1 ? 3 : 2, values: { count: same.length, minutes } })
  }
  return reasons
}

function compareNames(name: string, one: Account, other: Account): Reason[] {
  const city = one.cities.find((found) => other.cities.includes(found))
  if (city !== undefined) return [{ key: 'same-name-city', points: 3, values: { name, city } }]
  const [own, others] = [one.cities[0], other.cities[0]]
  const topics = one.topics.filter((topic) => other.topics.includes(topic)).length
  return [
    ...(topics > 0 ? [{ key: 'same-name-topic', points: 2, values: { name, count: topics } } as const] : []),
    ...(own !== undefined && others !== undefined
      ? [{ key: 'other-city', points: -1, values: { own, other: others } } as const]
      : []),
  ]
}

function strongest(accounts: Account[], other: Account, twins: Twin[]): Reason[] {
  const each = accounts.map((account) => compareAccounts(account, other, twins))
  return each.toSorted((a, b) => weigh(b) - weigh(a))[0] ?? []
}

function weigh(reasons: Reason[]): number {
  return reasons.reduce((sum, { points }) => sum + points, 0)
}

// Shorter ones, and mere numbers, are the same by chance.
function handleOf({ handle }: { handle: string | null }): string[] {
  const bare = handle?.replace(/^@/, '').toLowerCase() ?? ''
  return bare.length >= 4 && !/^(id)?\d+$/.test(bare) ? [bare] : []
}

// One word is a name of too many.
function isWholeName(name: string | null): name is string {
  return name !== null && /\p{L}{2,}\s+\p{L}{2,}/u.test(name)
}

type Address = { written: string; handle: string; platform: string | null }

/** `@name` and addresses of profiles in a text about oneself. */
function addressesIn(bio: string | null): Address[] {
  return [...(bio ?? '').matchAll(profileAddress)].flatMap(([written, host, path, at]) => {
    const handle = (path ?? at ?? '').replace(/^@/, '').toLowerCase()
    return handle.length < 4
      ? []
      : [{ written, handle, platform: host === undefined ? null : (platformOf[host.toLowerCase()] ?? null) }]
  })
}

const profileAddress =
  /(?:https?:\/\/)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)\/(@?[\w.-]{3,})|(?<![\w.])@([\w.]{4,})/giu

const platformOf: { [host: string]: string } = {
  't.me': 'telegram',
  'vk.com': 'vk',
  'vk.ru': 'vk',
  'ok.ru': 'ok',
  'x.com': 'x',
  'twitter.com': 'x',
  'youtube.com': 'youtube',
  'bsky.app': 'bluesky',
  'reddit.com': 'reddit',
}

/** An address of a known platform leads there only; `@name` alone may be of any. */
function leadsTo({ handle, platform }: Address, account: Account): boolean {
  return handleOf(account)[0] === handle && (platform === null || platform === account.platform)
}
