import { failed, typed, wrong } from '../answers.ts'
import type { Connector, Cursor, Fetched, SourceIo, SourceToRead } from '../connector.ts'
import type { GraphKeys } from '../meta/graph.ts'
import { renewMeta } from '../meta/renew.ts'
import { readTodo } from '../meta/todo.ts'
import { keepSubscribed } from '../meta/webhook.ts'
import { ownAccount, type OwnAccount } from './account.ts'
import { readForeign } from './foreign.ts'
import { readHashtag, weekMs } from './hashtag.ts'
import { lookUpInstagram } from './look-up.ts'
import { readComments, readOwn } from './own.ts'
import { receiveInstagram } from './pushed.ts'
import { readWanted } from './wanted.ts'

export type InstagramConfig = { url: string }

/**
 * What a professional account posted with all comments, and what it is tagged in; what another professional account posted;
 * or a hashtag of the last day.
 */
export const instagramConnector: Connector<InstagramConfig> = {
  platform: 'instagram',
  capabilities: {
    collects: ['poll', 'push'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'approval',
    looksUp: 49,
    // https://developers.facebook.com/docs/instagram-platform/instagram-api-with-facebook-login/hashtag-search
    quotas: [{ name: 'hashtags', units: 30, per: weekMs }],
  },

  parseConfig(input) {
    const wanted = readWanted(typed(input, 'url'))
    if (wanted === null) throw wrong('instagram.url', {}, 'url')
    return { url: wanted.url }
  },

  async fetch(source, io): Promise<Fetched> {
    const wanted = readWanted(source.config.url)
    if (wanted === null) return failed('instagram.url')
    const cursor = source.cursor?.['url'] === source.config.url ? source.cursor : {}
    const keys = keysOf(source)
    const own = await ownAccount(cursor, keys, io)
    if ('trouble' in own) return own.trouble
    const fetched = await readWhat(wanted, own, cursor, keys, io)
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return fetched
    const known = { askedAt: cursor['subscribedAt'], push: source.push, appId: source.secrets['appId'], keys }
    const subscribedAt = await keepSubscribed(
      { object: 'instagram', fields: 'comments,mentions', page: 'me' },
      known,
      io,
    )
    return {
      ...fetched,
      next: { ...fetched.next, url: source.config.url, ig: own.id, username: own.username, subscribedAt },
    }
  },

  receive: (source, request, io) => receiveInstagram(source, keysOf(source), request, io),

  renew: renewMeta,

  lookUp: (ids, source, io) => lookUpInstagram(ids, keysOf(source), io),
}

function keysOf({ secrets }: SourceToRead<InstagramConfig>): GraphKeys {
  return { token: secrets['token'] ?? '', appSecret: secrets['appSecret'] }
}

async function readWhat(
  wanted: NonNullable<ReturnType<typeof readWanted>>,
  own: OwnAccount,
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<Fetched> {
  if (wanted.kind === 'hashtag') return readHashtag(wanted.name, own, cursor, keys, io)
  if (wanted.name !== own.username.toLowerCase()) return readForeign(wanted.name, own, cursor, keys, io)
  return readTodo(cursor).length > 0 ? readComments(own, cursor, keys, io) : readOwn(own, cursor, keys, io)
}
