import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { failed, typed, wrong } from '../answers.ts'
import type { Connector, Cursor, Fetched, Health, PushedRequest, Pushed, SourceIo, SourceToRead } from '../connector.ts'
import { callBot, usualServer, type BotAccess } from './call.ts'
import { followUpdates, readOnce } from './long-poll.ts'
import { keptThreads, readUpdates, Update } from './updates.ts'
import { isOurs, keepWebhook, secretFor, usedByOthers } from './webhook.ts'

/** `delivery`: whether Telegram is asked, or tells by itself. */
export type TelegramBotConfig = { url: string; bot: string; server: string; delivery: 'ask' | 'webhook' }

const Me = z.object({ username: z.string().min(1), first_name: z.string().catch('') })
const Webhook = z.object({ url: z.string() })

/**
 * Everything that is said where a bot of ours is: in channels that it helps to run, in groups with their topics, in comments
 * below posts, and to itself. Telegram tells a bot of new messages and edits, never of deletions, and nothing of the past.
 */
export const telegramBotConnector: Connector<TelegramBotConfig> = {
  platform: 'telegram-bot',
  capabilities: {
    collects: ['stream', 'push', 'poll'],
    replies: true,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'free-key',
  },

  parseConfig(input) {
    const bot = /^(?:(?:https?:\/\/)?t\.me\/|@)?(\w{4,32})\/?$/i.exec(typed(input, 'url'))?.[1]
    if (bot === undefined) throw wrong('telegram-bot.name', {}, 'url')
    const [server, delivery] = [typed(input, 'server'), typed(input, 'delivery').toLowerCase()]
    if (server !== '' && (!/^https?:\/\//i.test(server) || !URL.canParse(server))) throw wrong('site.url', {}, 'server')
    if (!['', 'ask', 'webhook'].includes(delivery)) throw wrong('telegram-bot.delivery', {}, 'delivery')
    return {
      url: `https://t.me/${bot.toLowerCase()}`,
      bot: bot.toLowerCase(),
      server: server === '' ? usualServer : new URL(server).href.replace(/\/+$/, ''),
      delivery: delivery === 'webhook' ? 'webhook' : 'ask',
    }
  },

  way: ({ delivery }) => (delivery === 'webhook' ? 'push' : 'stream'),

  async *listen(source, io) {
    const begun = await begin(source, io)
    if ('fetched' in begun) return yield begun.fetched
    const { title, cursor } = begun
    const { url } = source.config
    // Somebody who tries it out sees that the key is right also while nobody says anything.
    yield { kind: 'unchanged', next: { ...cursor, url }, health: healthOf(title) }
    yield* followUpdates(accessOf(source), { cursor, url, title }, io)
  },

  async fetch(source, io) {
    const begun = await begin(source, io)
    if ('fetched' in begun) return begun.fetched
    const { title, cursor } = begun
    const { url, delivery } = source.config
    if (delivery === 'ask') return readOnce(accessOf(source), { cursor, url, title, waitS: 0 }, io)
    const kept = await keepWebhook(accessOf(source), source, cursor, io)
    if ('trouble' in kept) return kept.trouble
    return { kind: 'unchanged', next: { url, ...kept.next }, health: healthOf(title) }
  },

  receive: async (source, request) => receiveUpdate(source, request),
}

export function accessOf({ config, secrets }: Pick<SourceToRead<TelegramBotConfig>, 'config' | 'secrets'>): BotAccess {
  return { server: config.server, token: secrets['token'] ?? '' }
}

/** Asks who the bot is, and that nobody else hears what is said to it. */
async function begin(
  source: SourceToRead<TelegramBotConfig>,
  io: SourceIo,
): Promise<{ title: string; cursor: Cursor } | { fetched: Fetched }> {
  const { config } = source
  const access = accessOf(source)
  const cursor = source.cursor?.['url'] === config.url ? source.cursor : {}
  const me = await callBot(access, 'getMe', {}, Me, io)
  if ('trouble' in me) return { fetched: me.trouble }
  if (me.value.username.toLowerCase() !== config.bot)
    return { fetched: { ...failed('telegram-bot.other', { name: me.value.username }), kind: 'signed-out' } }
  const title = `@${me.value.username}`
  if (config.delivery === 'webhook') return { title, cursor }
  const webhook = await callBot(access, 'getWebhookInfo', {}, Webhook, io)
  const address = 'value' in webhook ? webhook.value.url : ''
  if (address === '') return { title, cursor }
  // Whoever has set it loses what comes; only our own is taken back.
  if (!isOurs(address, source.push)) return { fetched: usedByOthers(address) }
  const removed = await callBot(access, 'deleteWebhook', {}, z.unknown(), io)
  return 'trouble' in removed ? { fetched: removed.trouble } : { title, cursor }
}

function healthOf(title: string): Health {
  return { title, newestAt: null, requests: 1, pollAfterMs: null }
}

/** What Telegram pushes: one update at a time, with the secret that it was told. */
export function receiveUpdate({ cursor, push }: SourceToRead<TelegramBotConfig>, request: PushedRequest): Pushed {
  const given = Buffer.from(request.headers.get('x-telegram-bot-api-secret-token') ?? '')
  const expected = Buffer.from(push === undefined ? '' : secretFor(push.secret))
  if (push === undefined || given.length !== expected.length || !timingSafeEqual(given, expected))
    return { kind: 'refused', status: 403, reason: '' }
  const update = updateIn(request.body)
  if (update === null) return { kind: 'refused', status: 400, reason: '' }
  const { items, edited } = readUpdates([update], keptThreads(cursor?.['threads']), request.at)
  return { kind: 'items', items, edited, event: String(update.update_id), reply: { status: 200, body: '' } }
}

function updateIn(body: Uint8Array): Update | null {
  try {
    return Update.safeParse(JSON.parse(new TextDecoder().decode(body))).data ?? null
  } catch {
    return null
  }
}
