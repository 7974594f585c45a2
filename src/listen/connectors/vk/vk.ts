import { failed, typed, wrong } from '../answers.ts'
import type { Connector, Cursor, Fetched, SourceIo, SourceToRead } from '../connector.ts'
import { readBoard } from './board.ts'
import { keepCallback, readCallback, receiveEvent } from './callback.ts'
import { lookUpPosts } from './look-up.ts'
import { ownerNamed } from './names.ts'
import { readMentions, readSearch } from './search.ts'
import { listenToVk } from './stream.ts'
import { readTarget, type Target } from './target.ts'
import { readWall } from './wall.ts'

export type VkConfig = { url: string }

/**
 * VK: a search over all public posts, a wall with what is said below its posts, discussions, what names an account, or what VK
 * sends of itself by words. A community whose
 * own key is there is told of by VK at once; its wall is read all the same, for what was not told.
 */
export const vkConnector: Connector<VkConfig> = {
  platform: 'vk',
  capabilities: {
    collects: ['poll', 'stream', 'push'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'free-key',
    looksUp: 100,
    quotas: [
      { name: 'second', units: 3, per: 1000 },
      { name: 'search', units: 1000, per: 'day', zone: 'Europe/Moscow' },
      { name: 'wall', units: 5000, per: 'day', zone: 'Europe/Moscow' },
    ],
  },

  parseConfig(input) {
    const target = readTarget(typed(input, 'url'))
    if (target === null) throw wrong('vk.wanted', {}, 'url')
    return { url: target.url }
  },

  way: ({ url }) => (readTarget(url)?.kind === 'stream' ? 'stream' : 'poll'),

  async fetch(source, io) {
    const { url } = source.config
    const target = readTarget(url)
    if (target === null) return failed('vk.wanted')
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const asked = { token: source.secrets['token'] ?? '', cursor, url }
    switch (target.kind) {
      case 'search':
        return readSearch(target.words, asked, io)
      case 'mentions':
        return readMentionsOf(target, asked, io)
      case 'wall':
        return withCallback(await readWall(target, asked, io), source, cursor, io)
      case 'board':
        return readBoard(target, asked, io)
      case 'stream':
        return failed('vk.wanted')
    }
  },

  async *listen(source, io) {
    const target = readTarget(source.config.url)
    if (target?.kind !== 'stream') return yield failed('vk.wanted')
    yield* listenToVk(source, target.words, io)
  },

  receive: async (source, request) => receiveEvent({ cursor: source.cursor, push: source.push }, request),

  lookUp: (ids, { secrets }, io) => lookUpPosts(ids, secrets['token'] ?? '', io),
}

async function readMentionsOf(
  target: Extract<Target, { kind: 'mentions' }>,
  asked: Parameters<typeof readMentions>[1],
  io: SourceIo,
): Promise<Fetched> {
  if (target.name === null || target.owner !== null) return readMentions(target.owner, asked, io)
  const kept = asked.cursor['owner']
  const named = typeof kept === 'number' ? { owner: kept, requests: 0 } : await ownerNamed(target.name, asked.token, io)
  if ('trouble' in named) return named.trouble
  if (named.owner === null) return failed('vk.not-found', { name: target.name })
  const fetched = await readMentions(named.owner, asked, io)
  return fetched.kind === 'page' || fetched.kind === 'unchanged'
    ? { ...fetched, next: { ...fetched.next, owner: named.owner } }
    : fetched
}

async function withCallback(
  fetched: Fetched,
  { push, secrets }: SourceToRead<VkConfig>,
  cursor: Cursor,
  io: SourceIo,
): Promise<Fetched> {
  if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return fetched
  const owner = Number(fetched.next['owner'])
  const { callback, problems } = await keepCallback(
    readCallback(cursor),
    { owner, push, token: secrets['community'] },
    io,
  )
  const next = { ...fetched.next, ...callback }
  if (problems.length === 0) return { ...fetched, next }
  const page =
    fetched.kind === 'page' ? fetched : { ...fetched, kind: 'page' as const, items: [], more: false, problems: [] }
  return { ...page, next, problems: [...page.problems, ...problems] }
}
