import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Cursor, ItemProblem, PushAddress, Pushed, PushedRequest, SourceIo } from '../connector.ts'
import type { Mapped } from '../fresh.ts'
import { problem, tell } from '../problems.ts'
import { callForSource } from './call.ts'
import { Comment, commentToPost, itemToPost, WallItem, type Reading } from './item.ts'
import { idOf } from './place.ts'

const askAgainMs = 6 * 3_600_000
const events = [
  'wall_post_new',
  'wall_repost',
  'wall_reply_new',
  'wall_reply_edit',
  'wall_reply_delete',
  'wall_reply_restore',
]

/** What is kept of the set-up: the word VK wants to hear from our address, and when we last looked after it. */
export type Callback = { code: string | null; askedAt: number }

export function readCallback(cursor: Cursor): Callback {
  const { code, askedAt } = cursor
  return { code: typeof code === 'string' ? code : null, askedAt: typeof askedAt === 'number' ? askedAt : 0 }
}

const Code = z.object({ code: z.string().min(1) })
const Servers = z.object({ items: z.array(z.object({ id: z.int(), url: z.string(), status: z.string() })) })
const Added = z.object({ server_id: z.int() })

/**
 * Asks VK to send us what happens in a community, with the community’s own key. First the word is learnt that VK will want
 * to hear from us, and kept; only the next time we tell VK where we are, because it asks at once.
 */
export async function keepCallback(
  known: Callback,
  { owner, push, token }: { owner: number; push: PushAddress | undefined; token: string | undefined },
  io: SourceIo,
): Promise<{ callback: Callback; problems: ItemProblem[] }> {
  const now = io.now().getTime()
  if (push === undefined || token === undefined || owner >= 0 || now - known.askedAt < askAgainMs)
    return { callback: known, problems: [] }
  const group = { group_id: -owner }
  if (known.code === null) {
    const asked = await callForSource('groups.getCallbackConfirmationCode', group, token, Code, io)
    if ('value' in asked) return { callback: { code: asked.value.code, askedAt: 0 }, problems: [] }
    return { callback: { ...known, askedAt: now }, problems: [refused(owner)] }
  }
  const server = await serverOf(group, push, token, io)
  if (server === null) return { callback: { ...known, askedAt: now }, problems: [refused(owner)] }
  const wanted = Object.fromEntries(events.map((event) => [event, 1]))
  const settings = { ...group, server_id: server, api_version: '5.199', ...wanted }
  const set = await callForSource('groups.setCallbackSettings', settings, token, z.literal(1), io)
  return { callback: { ...known, askedAt: now }, problems: 'value' in set ? [] : [refused(owner)] }
}

/** The number under which VK knows our address; ours is found again, and one that VK gave up on is told anew. */
async function serverOf(
  group: { group_id: number },
  { url, secret }: PushAddress,
  token: string,
  io: SourceIo,
): Promise<number | null> {
  const there = await callForSource('groups.getCallbackServers', group, token, Servers, io)
  if ('trouble' in there) return null
  const parameters = { ...group, url, title: 'Heed', secret_key: secretFor(secret) }
  const ours = there.value.items.find((server) => server.url === url)
  if (ours?.status === 'ok' || ours?.status === 'wait') return ours.id
  if (ours !== undefined) {
    const edit = { ...parameters, server_id: ours.id }
    return 'value' in (await callForSource('groups.editCallbackServer', edit, token, z.literal(1), io)) ? ours.id : null
  }
  const added = await callForSource('groups.addCallbackServer', parameters, token, Added, io)
  return 'value' in added ? added.value.server_id : null
}

function refused(owner: number): ItemProblem {
  const what = problem('vk.no-callback')
  return { item: `club${-owner}`, reason: tell(what, 'en'), problem: what }
}

/** VK takes letters and digits, fifty at most. */
export function secretFor(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 40)
}

const Event = z.object({
  type: z.string(),
  group_id: z.int().positive(),
  event_id: z.string().nullish().catch(null),
  secret: z.string().nullish().catch(null),
  object: z.unknown().optional(),
})
const Below = z.object({ post_id: z.int(), owner_id: z.int().nullish(), post_owner_id: z.int().nullish() })
const Left = z.object({ id: z.int(), post_id: z.int(), owner_id: z.int() })

/** What VK tells of a community: https://dev.vk.com/ru/api/callback/getting-started */
export function receiveEvent(
  { cursor, push }: { cursor: Cursor | null; push: PushAddress | undefined },
  { method, body, at }: PushedRequest,
): Pushed {
  const event = method === 'POST' && push !== undefined ? eventIn(body) : null
  if (event === null || push === undefined) return { kind: 'refused', status: 400, reason: '' }
  if (event.group_id !== -Number(cursor?.['owner'])) return { kind: 'refused', status: 403, reason: '' }
  const { code } = readCallback(cursor ?? {})
  // This question alone may come without the secret.
  if (event.type === 'confirmation')
    return code === null
      ? { kind: 'refused', status: 503, reason: '' }
      : { kind: 'items', items: [], reply: { status: 200, body: code } }
  if (!isSame(event.secret ?? '', secretFor(push.secret))) return { kind: 'refused', status: 403, reason: '' }
  const title = cursor?.['title']
  const reading: Reading = { authors: new Map(), now: at, source: typeof title === 'string' ? title : null }
  return {
    kind: 'items',
    reply: { status: 200, body: 'ok' },
    ...(event.event_id != null && { event: event.event_id }),
    ...whatHappened(event, reading),
  }
}

function whatHappened({ type, object, group_id: group }: z.infer<typeof Event>, reading: Reading) {
  const nothing = { items: [] }
  switch (type) {
    case 'wall_post_new':
    case 'wall_repost': {
      const { data } = WallItem.safeParse(object)
      const { post } = data === undefined ? noPost : itemToPost(data, reading)
      return post === null ? nothing : { items: [post] }
    }
    case 'wall_reply_new':
    case 'wall_reply_edit':
    case 'wall_reply_restore': {
      const [comment, below] = [Comment.safeParse(object).data, Below.safeParse(object).data]
      if (comment === undefined || below === undefined) return nothing
      const owner = below.owner_id ?? below.post_owner_id ?? -group
      const { post } = commentToPost(comment, { owner, post: below.post_id }, reading)
      if (post === null) return nothing
      return { items: [post], ...(type === 'wall_reply_edit' && { edited: [post.id] }) }
    }
    case 'wall_reply_delete': {
      const { data } = Left.safeParse(object)
      if (data === undefined) return nothing
      return { items: [], removed: [idOf({ owner: data.owner_id, post: data.post_id, comment: data.id })] }
    }
    default:
      return nothing
  }
}

const noPost: Mapped = { post: null, problems: [] }

function eventIn(body: Uint8Array): z.infer<typeof Event> | null {
  try {
    return Event.safeParse(JSON.parse(new TextDecoder().decode(body))).data ?? null
  } catch {
    return null
  }
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
