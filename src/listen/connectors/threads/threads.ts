import { failed, typed, wrong } from '../answers.ts'
import type { Connector, Fetched } from '../connector.ts'
import { renewSecrets } from './ask.ts'
import { readOwn } from './own.ts'
import { searchThreads } from './search.ts'
import { readWanted } from './wanted.ts'

export type ThreadsConfig = { url: string }

/** What an account said with every answer, and where others name it; or public posts with words or a topic tag. */
export const threadsConnector: Connector<ThreadsConfig> = {
  platform: 'threads',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'approval',
    // https://developers.facebook.com/documentation/threads/keyword-search
    quotas: [{ name: 'searches', units: 2200, per: 24 * 3_600_000 }],
  },

  parseConfig(input) {
    const wanted = readWanted(typed(input, 'url'))
    if (wanted === null) throw wrong('threads.url', {}, 'url')
    return { url: wanted.url }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const wanted = readWanted(url)
    if (wanted === null) return failed('threads.url')
    const cursor = source.cursor?.['url'] === url ? source.cursor : { url }
    const keys = { token: source.secrets['token'] ?? '' }
    return wanted.kind === 'account' ? readOwn(wanted.text, cursor, keys, io) : searchThreads(wanted, cursor, keys, io)
  },

  renew: renewSecrets,
}
