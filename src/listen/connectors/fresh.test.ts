import { expect, test } from 'vitest'
import { z } from 'zod'
import { barePost } from '../posts/post.ts'
import { freshOf, toldOf } from './fresh.ts'
import { plainIo } from './reader.testing.ts'
import { stackExchangeConnector } from './stackexchange/stackexchange.ts'

const Item = z.object({ id: z.string(), text: z.string() })

function read(items: unknown[], seen: unknown) {
  const map = ({ id, text }: z.infer<typeof Item>) => ({
    post: barePost({ id: `x:${id}`, platform: 'x', text }),
    problems: [],
  })
  return freshOf(items, Item, map, seen)
}

test('what says something else than before is told as edited, what is new is not', () => {
  const first = read(
    [
      { id: '1', text: 'a' },
      { id: '2', text: 'b' },
    ],
    null,
  )
  expect([first.items.length, first.edited]).toEqual([2, []])
  const second = read(
    [
      { id: '1', text: 'other' },
      { id: '2', text: 'b' },
      { id: '3', text: 'c' },
    ],
    first.seen,
  )
  expect(second.items.map(({ id }) => id)).toEqual(['x:1', 'x:3'])
  const health = { title: null, requests: 1, pollAfterMs: null }
  expect(toldOf(second, { cursor: {}, more: false, health })).toMatchObject({ kind: 'page', edited: ['x:1'] })
})

test('a platform whose quota is spent is not asked until it begins anew', async () => {
  const until = new Date('2026-11-23T00:00:00Z')
  const request = () => Promise.reject(new Error('it was asked'))
  const plain = plainIo({ request, now: () => new Date('2026-11-22T12:00:00Z'), signal: new AbortController().signal })
  const config = stackExchangeConnector.parseConfig({ url: 'https://stackoverflow.com/questions/tagged/typescript' })
  const source = { id: 1, config, secrets: {}, cursor: null }
  const answer = await stackExchangeConnector.fetch!(source, {
    ...plain,
    spend: async () => ({ kind: 'refused', until }),
  })
  expect(answer).toEqual({ kind: 'rate-limited', retryAt: until })
})
