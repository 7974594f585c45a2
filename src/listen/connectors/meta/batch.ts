import { z } from 'zod'
import { readJson, unanswered, why, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { callGraph, graph, isNotThere, refusalIn, troubleIn, type GraphKeys } from './graph.ts'

const Batch = z.array(z.object({ code: z.int(), body: z.string() }).nullable())

/** What one of many requests brought; `gone` is what Meta calls “not there or not yours”. */
export type Part = { kind: 'json'; json: unknown } | { kind: 'gone' } | { kind: 'none' }

/**
 * Asks for up to 49 things in one request (https://developers.facebook.com/docs/graph-api/batch-requests), and for `own`, which the
 * token must see: while it does, what is said not to be there is gone.
 */
export async function askBatch(
  own: string,
  paths: string[],
  keys: GraphKeys,
  io: ConnectorIo,
): Promise<{ own: unknown; parts: Part[] } | { trouble: Trouble }> {
  const batch = JSON.stringify([own, ...paths].map((relative_url) => ({ method: 'GET', relative_url })))
  const answer = await callGraph('POST', `${graph}/`, { batch, include_headers: 'false' }, keys, io)
  if (answer.kind !== 'ok') return { trouble: unanswered(answer) }
  const trouble = troubleIn(answer, io.now())
  if (trouble !== null) return { trouble }
  const read = readJson(answer, Batch)
  if ('trouble' in read) return read
  const [first, ...others] = read.value
  const seen = partOf(first ?? null)
  if (seen.kind !== 'json') return { trouble: { kind: 'signed-out', ...why('meta.token', { reason: '—' }) } }
  return { own: seen.json, parts: paths.map((_path, index) => partOf(others[index] ?? null)) }
}

function partOf(one: { code: number; body: string } | null): Part {
  if (one === null) return { kind: 'none' }
  if (one.code === 200) {
    try {
      return { kind: 'json', json: JSON.parse(one.body) as unknown }
    } catch {
      return { kind: 'none' }
    }
  }
  const answer = {
    kind: 'ok' as const,
    status: one.code,
    headers: {},
    body: Buffer.from(one.body),
    url: graph,
    movedTo: null,
    requests: 1,
  }
  const refusal = refusalIn(answer)
  return refusal !== null && isNotThere(refusal) ? { kind: 'gone' } : { kind: 'none' }
}
