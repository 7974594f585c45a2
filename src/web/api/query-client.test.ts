import { QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { FreshQueryClient } from './query-client.ts'

const queryKey = ['project', 1, 'mention', 'a']

test('what was asked before a change is not taken for what holds after it', async () => {
  const client = new FreshQueryClient()
  const asked: ((answer: string) => void)[] = []
  const queryFn = () => new Promise<string>((answer) => asked.push(answer))
  const observer = new QueryObserver(client, { queryKey, queryFn })
  const stop = observer.subscribe(() => undefined)
  const first = client.fetchQuery({ queryKey, queryFn })
  const told = client.invalidateQueries({ queryKey: ['project', 1, 'mention'] })
  expect(asked).toHaveLength(2)
  asked[0]!('before')
  await Promise.resolve()
  expect(observer.getCurrentResult().data).toBe(undefined)
  asked[1]!('after')
  await told
  expect(observer.getCurrentResult()).toMatchObject({ data: 'after', status: 'success', fetchStatus: 'idle' })
  expect(await first).toBe('after')
  stop()
})

test('a first answer that nobody looks at yet comes as it was asked', async () => {
  const client = new FreshQueryClient()
  let answer: (text: string) => void = () => undefined
  const first = client.fetchQuery({ queryKey, queryFn: () => new Promise<string>((done) => (answer = done)) })
  await client.invalidateQueries({ queryKey })
  answer('once')
  expect(await first).toBe('once')
})
