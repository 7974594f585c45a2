import { expect, test } from 'vitest'
import { afterSteps, inTurn, nothingWaits } from './in-turn.ts'

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

test('what is asked anew while a person steps is answered by what holds after the last step', async () => {
  const { asked, send, names } = server()
  let state = 'open'
  const step = (to: string) => inTurn('ticket', () => send(to).then(() => (state = to)))
  const looked: string[] = []
  const look = () => {
    looked.push(state)
    return send(`look ${looked.length}`).then(() => looked.at(-1)!)
  }
  const first = step('pending')
  const live = afterSteps('ticket', false, look)
  const second = step('solved')
  await moment()
  expect(names()).toEqual(['pending'])
  asked[0]!.answer()
  await first
  await moment()
  expect(names()).toEqual(['pending', 'solved'])
  asked[1]!.answer()
  await second
  await moment()
  const third = step('closed')
  await moment()
  expect(names().slice(2)).toEqual(['look 1', 'closed'])
  asked[2]!.answer()
  asked[3]!.answer()
  await third
  await moment()
  asked[4]!.answer()
  expect(await live).toBe('closed')
  expect(looked).toEqual(['solved', 'closed'])
})

test('what nobody sees yet is asked at once, and asked again when a step was on its way', async () => {
  const { asked, send, names } = server()
  const step = inTurn('ticket', () => send('pending'))
  const first = afterSteps('ticket', true, () => send('look'))
  await moment()
  expect(names().toSorted()).toEqual(['look', 'pending'])
  for (const { answer } of asked) answer()
  await step
  await moment()
  expect(names()).toHaveLength(3)
  asked[2]!.answer()
  expect(await first).toBe('look')
})
