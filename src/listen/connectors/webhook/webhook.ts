import type { z } from 'zod'
import { typed, wrong } from '../answers.ts'
import type { Connector, Pushed } from '../connector.ts'
import { Item, itemToPost, mostItems, Payload } from './item.ts'
import { verify } from './signature.ts'

/** `url` is the name of the system that sends: it is what tells two of them apart. */
export type WebhookConfig = { url: string }

const dayMs = 86_400_000

/** Any program posts what people said, signed with the secret of the source (docs/sources/webhook.md). */
export const webhookConnector: Connector<WebhookConfig> = {
  platform: 'webhook',
  capabilities: {
    collects: ['push'],
    replies: false,
    follows: { edits: false, deletions: false },
    cost: null,
    needs: 'nothing',
  },

  parseConfig(input) {
    const url = typed(input, 'url').replace(/\s+/g, ' ')
    if (url === '' || url.length > 80) throw wrong('webhook.name', {}, 'url')
    return { url }
  },

  /** There is nothing to ask: what comes, comes by itself. */
  async fetch({ config, cursor }) {
    const health = { title: config.url, newestAt: null, requests: 0, pollAfterMs: dayMs }
    return { kind: 'unchanged', next: cursor ?? {}, health }
  },

  async receive({ id, config, push }, request): Promise<Pushed> {
    if (request.method !== 'POST') return refuse(405, 'Send items with POST; how is told in docs/sources/webhook.md.')
    if (push === undefined) return refuse(503, 'This copy of Heed has no address that others reach; set HEED_URL.')
    const verdict = verify(request, push.secret)
    switch (verdict.kind) {
      case 'unsigned':
        return refuse(
          401,
          'Sign the request: the headers webhook-id, webhook-timestamp (seconds since 1970) and webhook-signature (v1,base64) are needed, as standardwebhooks.com says.',
        )
      case 'wrong':
        return refuse(
          401,
          'The signature does not fit this body. Sign "{webhook-id}.{webhook-timestamp}.{body}" byte for byte as it is sent, with the bytes behind whsec_ (base64) as the key of HMAC-SHA256.',
        )
      case 'old':
        return refuse(
          401,
          `The timestamp is ${verdict.minutes} minutes away from our clock (${request.at.toISOString()}); 5 are allowed. Set the clock of the sender, and sign anew at each try.`,
        )
      case 'right':
        break
    }
    const read = readItems(request.body)
    if ('problem' in read) return refuse(422, read.problem)
    const posts = read.items.map((item) => itemToPost(item, { source: id, name: config.url, at: request.at }))
    const unique = [...new Map(posts.map((post) => [post.id, post])).values()]
    return {
      kind: 'items',
      items: unique,
      event: verdict.id.slice(0, 200),
      reply: { status: 202, body: `Taken: ${unique.length}.` },
    }
  },
}

function refuse(status: number, reason: string): Pushed {
  return { kind: 'refused', status, reason }
}

/** All or nothing: a sender that is told of one bad item sends the corrected list again, and nothing is doubled. */
function readItems(body: Uint8Array): { items: z.infer<typeof Item>[] } | { problem: string } {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    const where = error instanceof SyntaxError ? `: ${error.message.slice(0, 120)}` : ''
    return { problem: `The body is no JSON in UTF-8, or was cut${where}` }
  }
  const list = Array.isArray(json) ? json : isWrapped(json) ? json.items : [json]
  if (list.length === 0 || list.length > mostItems)
    return { problem: `Send 1 to ${mostItems} items at once; there are ${list.length}.` }
  const whole = Payload.safeParse(Array.isArray(json) || isWrapped(json) ? json : [json])
  const items: z.infer<typeof Item>[] = []
  for (const [index, one] of list.entries()) {
    const item = Item.safeParse(one)
    if (!item.success) return { problem: `Item ${index + 1} of ${list.length}: ${wordIssue(item.error.issues[0])}` }
    if (!item.data.text.isWellFormed() || item.data.text.includes('\u0000'))
      return { problem: `Item ${index + 1} of ${list.length}: "text" has a zero or half a character.` }
    items.push(item.data)
  }
  return whole.success ? { items } : { problem: 'Beside "items" there may be nothing else in the object.' }
}

function isWrapped(json: unknown): json is { items: unknown[] } {
  return typeof json === 'object' && json !== null && 'items' in json && Array.isArray(json.items)
}

function wordIssue(issue: z.core.$ZodIssue | undefined): string {
  const field = issue?.path.join('.') ?? ''
  return `${field === '' ? 'it' : `"${field}"`} is not as the schema says (${issue?.message ?? 'unknown'}). The schema is docs/sources/webhook.schema.json.`
}
