import { createHash } from 'node:crypto'
import { z } from 'zod'
import { coverOf } from '../../query/cover.ts'
import type { Query } from '../../query/query.ts'
import { failed, readJson, unanswered, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'

/** Where a stream is asked for, and with what: https://dev.vk.com/ru/api/streaming/getting-started */
export type StreamServer = { endpoint: string; key: string }

export const mostRules = 300
const longestBytes = 4096
const mostWords = 100

/** Rules that bring what these queries match, as far as words decide it: VK wants every word of a rule, in any form. */
export function rulesOf(queries: readonly Query[]): string[] {
  const alternatives = queries.flatMap((query) => coverOf(query) ?? []).map((words) => ruleOf(words.join(' ')))
  return [...new Set(alternatives)].filter(isRule).slice(0, mostRules)
}

/** Without the signs that mean something to VK. */
function ruleOf(words: string): string {
  return words
    .replace(/["«»]/g, ' ')
    .replace(/(?<=^|\s)-+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function isRule(rule: string): boolean {
  return /[\p{L}\p{N}]/u.test(rule) && Buffer.byteLength(rule) <= longestBytes && rule.split(' ').length <= mostWords
}

const Rules = z.object({ rules: z.array(z.object({ tag: z.string(), value: z.string() })).nullish() })
const Refused = z.object({ error: z.object({ message: z.string().catch(''), error_code: z.int() }) })
// The tag is there already, from a try whose answer was lost.
const alreadyThere = 2001

/** Makes the rules of this source exactly these; those with other tags belong to somebody else and stay. */
export async function keepRules(
  server: StreamServer,
  { rules, source }: { rules: string[]; source: number },
  io: ConnectorIo,
): Promise<{ refused: { rule: string; reason: string }[] } | { trouble: Trouble }> {
  const known = await askRules(server, 'GET', null, io)
  if ('trouble' in known) return known
  const read = 'json' in known ? Rules.safeParse(known.json).data : undefined
  if (read === undefined) return { trouble: failed('site.unexpected', { what: 'rules' }) }
  const ours = (read.rules ?? []).filter(({ tag }) => isTagOf(source, tag)).map(({ tag }) => tag)
  const wanted = new Map(rules.map((rule) => [tagOf(source, rule), rule]))
  const refused: { rule: string; reason: string }[] = []
  // New ones first, so that nothing is missed in between.
  for (const [tag, value] of [...wanted].filter(([one]) => !ours.includes(one))) {
    const made = await askRules(server, 'POST', { rule: { value, tag } }, io)
    if ('trouble' in made) return made
    if ('refusal' in made && made.refusal.error_code !== alreadyThere)
      refused.push({ rule: value, reason: made.refusal.message })
  }
  for (const tag of ours.filter((one) => !wanted.has(one))) {
    const gone = await askRules(server, 'DELETE', { tag }, io)
    if ('trouble' in gone) return gone
  }
  return { refused }
}

export function isTagOf(source: number, tag: string): boolean {
  return tag.startsWith(`heed ${source} `)
}

function tagOf(source: number, rule: string): string {
  return `heed ${source} ${createHash('sha256').update(rule).digest('base64url').slice(0, 12)}`
}

async function askRules(
  { endpoint, key }: StreamServer,
  method: 'GET' | 'POST' | 'DELETE',
  body: object | null,
  io: ConnectorIo,
): Promise<{ json: unknown } | { refusal: z.infer<typeof Refused>['error'] } | { trouble: Trouble }> {
  const answer = await io.request(`https://${endpoint}/rules?key=${encodeURIComponent(key)}`, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    ...(body !== null && { body: JSON.stringify(body) }),
    followRedirects: false,
    signal: io.signal,
  })
  if (answer.kind !== 'ok') return { trouble: unanswered(answer) }
  const refusal = readJson(answer, Refused)
  if ('value' in refusal) return { refusal: refusal.value.error }
  const read = readJson(answer, z.object({ code: z.literal(200) }).loose())
  return 'trouble' in read ? read : { json: read.value }
}
