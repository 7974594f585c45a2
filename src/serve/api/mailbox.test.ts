import { expect, test } from 'vitest'
import { openMailbox } from './mailbox.ts'

test('events about one thing become one, and added mentions are summed', async () => {
  const mailbox = openMailbox()
  for (let i = 0; i < 1000; i += 1) {
    mailbox.put({ project: 1, kind: 'mentions', added: 2 })
    mailbox.put({ project: 1, kind: 'ticket', ticket: i % 3 })
  }
  mailbox.put({ project: 2, kind: 'mentions', added: 1 })
  expect(await mailbox.take(0)).toEqual([
    { project: 1, kind: 'mentions', added: 2000 },
    { project: 1, kind: 'ticket', ticket: 0 },
    { project: 1, kind: 'ticket', ticket: 1 },
    { project: 1, kind: 'ticket', ticket: 2 },
    { project: 2, kind: 'mentions', added: 1 },
  ])
})

test('taking waits for the next event, for its time, or for the end', async () => {
  const mailbox = openMailbox()
  expect(await mailbox.take(1)).toEqual([])
  const waiting = mailbox.take(60_000)
  mailbox.put({ project: 1, kind: 'topic', topic: 7 })
  expect(await waiting).toHaveLength(1)
  const ended = mailbox.take(60_000)
  mailbox.close()
  expect(await ended).toEqual([])
})
