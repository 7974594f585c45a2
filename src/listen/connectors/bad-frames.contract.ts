import { expect, test } from 'vitest'
import { cutInHalf, dated, wrongTypes, type Spoil } from './bad-answers.testing.ts'
import { expectSound, expectTold } from './bad-input.contract.ts'
import type { Fetched } from './connector.ts'

/** What may come over a stream in place of what should: nothing is thrown or invented, and what is whole comes, or a reason. */
export function badFrames(streamed: {
  /** What the platform sends of one post, and what it sends next of another, which is kept under `nextId`. */
  frames: () => { good: string; next: string; nextId: string }
  now: Date
  /** Plays these in order, then ends the connection. */
  hear: (frames: string[]) => Promise<Fetched[]>
}): void {
  const web = '<!doctype html><html><body>Sign in</body></html>'
  const spoils: [what: string, spoil: Spoil][] = [
    ['cut', cutInHalf],
    ['a web page', () => ({ body: web })],
    ['no object', () => ({ body: 'null' })],
    ['a number', () => ({ body: '17' })],
    ['half a megabyte', () => ({ body: 'x'.repeat(500_000) })],
    ['of 1970', dated(new Date(0))],
    ['of the far future', dated(new Date('2075-01-01T00:00:00Z'))],
    ...wrongTypes,
  ]
  test('whatever comes over the stream, what is read of it is true, and the next is not hidden', async () => {
    const { good, next, nextId } = streamed.frames()
    for (const [what, spoil] of spoils) {
      const told = await streamed.hear([String(spoil({ body: good }).body), next])
      const items = told.flatMap((one) => (one.kind === 'page' ? one.items : []))
      for (const post of items) expectSound(post, streamed.now, what)
      for (const one of told) expectTold(one, what)
      const last = told.at(-1)
      // Some platforms are asked again from the last place instead, which the collector does on a failure.
      const isAskedAgain = last?.kind === 'failed' && last.problem !== undefined
      expect(isAskedAgain || items.some(({ id }) => id === nextId), `${what}: ${JSON.stringify(told)}`).toBe(true)
    }
  })
}
