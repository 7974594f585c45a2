import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { ConnectorIo, Cursor, Pushed, PushAddress, PushedRequest } from '../connector.ts'
import { callGraph, graph, type GraphKeys } from './graph.ts'

const Notice = z.object({
  object: z.string(),
  entry: z.array(
    z.object({ id: z.string(), changes: z.array(z.object({ field: z.string(), value: z.unknown() })).nullish() }),
  ),
})

export type Change = { of: string; field: string; value: unknown }

const renewAfterMs = 12 * 3_600_000

/**
 * Reads what Meta pushes (https://developers.facebook.com/docs/graph-api/webhooks): a question whether the address is ours,
 * or changes, which are taken only with the signature of the app.
 */
export function readWebhook(
  { method, headers, query, body }: PushedRequest,
  { push, appSecret }: { push: PushAddress | undefined; appSecret: string | undefined },
): { changes: Change[] } | { pushed: Pushed } {
  const refused = (status: number, reason: string) => ({ pushed: { kind: 'refused' as const, status, reason } })
  if (method === 'GET') {
    const isOurs =
      query.get('hub.mode') === 'subscribe' &&
      push !== undefined &&
      isSame(query.get('hub.verify_token') ?? '', push.secret)
    if (!isOurs) return refused(403, 'not ours')
    return { pushed: { kind: 'items', items: [], reply: { status: 200, body: query.get('hub.challenge') ?? '' } } }
  }
  if (appSecret === undefined || appSecret === '') return refused(403, 'no app secret is kept')
  const expected = `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`
  if (!isSame(headers.get('x-hub-signature-256') ?? '', expected)) return refused(403, 'the signature does not fit')
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(body))
  } catch {
    return refused(400, 'not JSON')
  }
  const notice = Notice.safeParse(json)
  if (!notice.success) return refused(400, 'not a notice')
  return {
    changes: notice.data.entry.flatMap(({ id, changes }) => (changes ?? []).map((change) => ({ of: id, ...change }))),
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * Tells Meta twice a day where to push, for whoever gave the app with its secret: the app gets an address for everything of
 * this kind, and the page is joined to the app. Meta forgets neither, but people change them. Answers with the moment of asking.
 */
export async function keepSubscribed(
  { object, fields, page }: { object: 'page' | 'instagram'; fields: string; page: string },
  known: {
    askedAt: Cursor[string] | undefined
    push: PushAddress | undefined
    appId: string | undefined
    keys: GraphKeys
  },
  io: ConnectorIo,
): Promise<number> {
  const now = io.now().getTime()
  const askedAt = typeof known.askedAt === 'number' ? known.askedAt : 0
  const { push, appId, keys } = known
  if (push === undefined || !appId || !keys.appSecret || (askedAt <= now && now - askedAt < renewAfterMs))
    return askedAt
  const app: GraphKeys = { token: `${appId}|${keys.appSecret}` }
  const parameters = { object, callback_url: push.url, verify_token: push.secret, fields, include_values: 'true' }
  await callGraph('POST', `${graph}/${encodeURIComponent(appId)}/subscriptions`, parameters, app, io)
  await callGraph(
    'POST',
    `${graph}/${encodeURIComponent(page)}/subscribed_apps`,
    { subscribed_fields: object === 'page' ? fields : 'feed' },
    keys,
    io,
  )
  return now
}
