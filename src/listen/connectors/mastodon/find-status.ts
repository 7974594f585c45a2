import { z } from 'zod'
import { askJson, type Trouble } from '../answers.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import type { ConnectorIo } from '../connector.ts'
import type { AnsweredMention } from '../reply-channel.ts'
import { signedIn, type MastodonAccount } from './account.ts'

export type Found =
  | { kind: 'found'; id: string; visibility: string | null }
  | { kind: 'absent' }
  | { kind: 'trouble'; trouble: Trouble }

const Known = z.object({
  id: z.string().min(1),
  uri: z.string().nullish(),
  url: z.string().nullish(),
  visibility: z.string().nullish(),
})
const Searched = z.object({ statuses: z.array(z.unknown()) })
const Someone = z.object({ id: z.string().min(1) })

const mostPages = 5

/**
 * The number that the account's own server has for a status, which is known by its address. Mastodon finds it by its
 * search, and fetches it from where it was written if need be; servers without that show it among what its author wrote.
 */
export async function findStatus(mention: AnsweredMention, account: MastodonAccount, io: ConnectorIo): Promise<Found> {
  const address = mention.url ?? mention.id
  const ours = signedIn(io, account)
  const search = `${account.server}/api/v2/search?type=statuses&resolve=true&limit=5&q=${encodeURIComponent(address)}`
  const searched = await askJson(ours, search, Searched)
  if ('trouble' in searched && searched.trouble.kind === 'rate-limited') return { kind: 'trouble', ...searched }
  const hit = 'value' in searched ? pick(searched.value.statuses, mention) : null
  if (hit) return hit
  const handle = mention.author?.handle
  if (handle == null) return 'trouble' in searched ? { kind: 'trouble', ...searched } : { kind: 'absent' }
  const lookup = `${account.server}/api/v1/accounts/lookup?acct=${encodeURIComponent(handle)}`
  const author = await askJson(ours, lookup, Someone)
  if ('trouble' in author) return isNotThere(author.trouble) ? { kind: 'absent' } : { kind: 'trouble', ...author }
  return amongStatusesOf(author.value.id, mention, account, ours)
}

async function amongStatusesOf(
  author: string,
  mention: AnsweredMention,
  account: MastodonAccount,
  io: ConnectorIo,
): Promise<Found> {
  let before = ''
  for (let page = 0; page < mostPages; page += 1) {
    const address = `${account.server}/api/v1/accounts/${encodeURIComponent(author)}/statuses?limit=40${before}`
    const asked = await askJson(io, address, z.array(z.unknown()))
    if ('trouble' in asked) return { kind: 'trouble', ...asked }
    const hit = pick(asked.value, mention)
    if (hit) return hit
    const last = Known.safeParse(asked.value.at(-1)).data?.id
    if (last === undefined || before.endsWith(`=${encodeURIComponent(last)}`)) break
    before = `&max_id=${encodeURIComponent(last)}`
  }
  return { kind: 'absent' }
}

function pick(statuses: unknown[], mention: AnsweredMention): Found | null {
  const wanted = new Set(
    [mention.id, mention.url].map((one) => canonicalizeUrl(one ?? '')).filter((one) => one !== null),
  )
  for (const status of statuses) {
    const { data } = Known.safeParse(status)
    const names = [data?.url, data?.uri].map((one) => canonicalizeUrl(one ?? ''))
    if (data && names.some((one) => one !== null && wanted.has(one)))
      return { kind: 'found', id: data.id, visibility: data.visibility ?? null }
  }
  return null
}

export function isNotThere(trouble: Trouble): boolean {
  return trouble.kind === 'gone' || ('problem' in trouble && trouble.problem?.key === 'site.not-found')
}
