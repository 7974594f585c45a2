import { expect, test } from 'vitest'
import { inTurn, nothingWaits } from './in-turn.ts'

/** A server that answers when it is told to. */
function server() {
  const asked: { what: string; answer: (failure?: Error) => void }[] = []
  const send = (what: string) =>
    new Promise<string>((done, fail) =>
      asked.push({ what, answer: (failure) => (failure === undefined ? done(what) : fail(failure)) }),
    )
  return { asked, send, names: () => asked.map(({ what }) => what) }
}

const moment = () => new Promise((done) => setTimeout(done))

test('a step goes out when the one before it is answered, and the last answer knows of all', async () => {
  const { asked, send, names } = server()
  const first = inTurn('mention', () => send('neutral'))
  const second = inTurn('mention', () => send('positive'))
  const elsewhere = inTurn('ticket', () => send('solved'))
  await moment()
  expect(names()).toEqual(['neutral', 'solved'])
  asked[0]!.answer()
  expect(await first).toBe('neutral')
  expect(nothingWaits('mention')).toBe(false)
  asked[2]!.answer()
  expect(await second).toBe('positive')
  expect(nothingWaits('mention')).toBe(true)
  asked[1]!.answer()
  expect(await elsewhere).toBe('solved')
})

test('a step that fails tells whoever did it and stops none behind it', async () => {
  const { asked, send } = server()
  const first = inTurn('mention', () => send('neutral'))
  const second = inTurn('mention', () => send('positive'))
  const told = first.catch((error: Error) => error.message)
  await moment()
  asked[0]!.answer(new Error('refused'))
  expect(await told).toBe('refused')
  await moment()
  asked[1]!.answer()
  expect(await second).toBe('positive')
  expect(nothingWaits('mention')).toBe(true)
})
