import { z } from 'zod'
import { coverOf } from '../../query/cover.ts'
import type { Query } from '../../query/query.ts'
import type { Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { askX } from './ask.ts'
import { longestQuery } from './wanted.ts'

const mostRules = 1000

/**
 * Rules that bring whatever these queries match, as far as words decide it; X looks for words as they are written. `left`
 * counts the queries that have no words.
 */
export function rulesOf(queries: readonly Query[]): { rules: string[]; left: number } {
  const covers = queries.map(coverOf)
  const alternatives = new Set(covers.flatMap((cover) => cover ?? []).map((words) => words.map(operatorOf).join(' ')))
  const rules: string[] = []
  for (const one of [...alternatives].filter((text) => text.length <= longestQuery - 2)) {
    const last = rules.at(-1)
    const joined = last === undefined ? '' : `${last} OR (${one})`
    if (joined !== '' && joined.length <= longestQuery) rules[rules.length - 1] = joined
    else rules.push(`(${one})`)
  }
  return { rules: rules.slice(0, mostRules), left: covers.filter((cover) => cover === null).length }
}

/** Tags, names and tickers are operators of their own; everything else is looked for as it stands. */
function operatorOf(words: string): string {
  return /^[#@$][\p{L}\p{N}_]+$/u.test(words) ? words : `"${words.replace(/["\\]/g, ' ').trim()}"`
}

const Known = z.object({
  data: z.array(z.object({ id: z.string(), value: z.string(), tag: z.string().nullish() })).nullish(),
  meta: z.object({ next_token: z.string().nullish() }).nullish(),
})
const Changed = z.object({
  errors: z
    .array(z.object({ title: z.string().nullish(), value: z.string().nullish(), type: z.string().nullish() }))
    .nullish(),
})

/** Makes the rules with our tag exactly these; those with other tags belong to somebody else and stay. */
export async function keepRules(
  { rules, tag, token }: { rules: string[]; tag: string; token: string },
  io: ConnectorIo,
): Promise<{ refused: string[] } | { trouble: Trouble }> {
  const known: { id: string; value: string }[] = []
  let next = ''
  do {
    const page = await askX(io, `/2/tweets/search/stream/rules?max_results=1000${next}`, token, Known)
    if ('trouble' in page) return page
    known.push(...(page.value.data ?? []).filter((rule) => rule.tag === tag))
    const following = page.value.meta?.next_token
    next = following == null ? '' : `&pagination_token=${encodeURIComponent(following)}`
  } while (next !== '')
  const gone = known.filter(({ value }) => !rules.includes(value)).map(({ id }) => id)
  const fresh = rules.filter((rule) => !known.some(({ value }) => value === rule))
  const refused: string[] = []
  // New ones first, so that nothing is missed in between.
  for (const change of [
    ...(fresh.length > 0 ? [{ add: fresh.map((value) => ({ value, tag })) }] : []),
    ...(gone.length > 0 ? [{ delete: { ids: gone } }] : []),
  ]) {
    const changed = await askX(io, '/2/tweets/search/stream/rules', token, Changed, change)
    if ('trouble' in changed) return changed
    for (const { title, value, type } of changed.value.errors ?? [])
      if (!/duplicate-rules$/.test(type ?? '')) refused.push(value ?? title ?? '')
  }
  return { refused }
}
