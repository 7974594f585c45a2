import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readConfig } from '../../src/config.ts'

/** NKTKLN/telegram-news-classifier at b8b03f19, CC BY 4.0: posts of 24 channels in the order of their times. */
export type ChannelPost = { id: string; at: Date; channel: string; text: string }

export function readChannelPosts(): ChannelPost[] {
  return gunzipSync(readFileSync(path('stream.train.jsonl.gz')))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { id, created_at, channel, text } = JSON.parse(line) as { [field: string]: string }
      return { id: id!, at: new Date(created_at!), channel: channel!, text: text! }
    })
}

/** By post: the number of its group of exact reposts between channels; only posts that are in one. */
export function readExactReposts(): Map<string, string> {
  const lines = readFileSync(path('reposts.silver.train.tsv'), 'utf8').trimEnd().split('\n').slice(1)
  return new Map(lines.map((line) => line.split('\t')).map(([cluster, , , id]) => [id!, cluster!]))
}

function path(file: string): string {
  return join(readConfig(process.env).labelledData, 'telegram-ru', file)
}
