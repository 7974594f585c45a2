import { expect, test } from 'vitest'
import type { Request } from '../../base/http/request.ts'
import { politely } from './politeness.ts'

/** A host that answers after a while and tells how many were asking at once. */
function hosts(answer: { status?: number; headers?: { [name: string]: string }; ms?: number } = {}) {
  const asked: { host: string; at: number }[] = []
  let open = 0
  let most = 0
  const request: Request = async (url) => {
    asked.push({ host: new URL(url).host, at: Date.now() })
    most = Math.max(most, (open += 1))
    await new Promise((resolve) => setTimeout(resolve, answer.ms ?? 5))
    open -= 1
    const { status = 200, headers = {} } = answer
    return { kind: 'ok', status, headers, body: new Uint8Array(), url, movedTo: null, requests: 1 }
  }
  return { request, asked, most: () => most }
}

test('one host is asked one thing at a time with a pause, other hosts meanwhile', async () => {
  const { request, asked, most } = hosts()
  const polite = politely(request, () => new Date())
  await Promise.all(['a', 'a', 'b', 'a', 'c'].map((host) => polite(`https://${host}.example/`)))
  const ofA = asked.filter(({ host }) => host === 'a.example').map(({ at }) => at)
  expect(ofA[1]! - ofA[0]!).toBeGreaterThanOrEqual(240)
  expect(ofA[2]! - ofA[1]!).toBeGreaterThanOrEqual(240)
  expect(Math.max(...asked.filter(({ host }) => host !== 'a.example').map(({ at }) => at)) - ofA[0]!).toBeLessThan(200)
  expect(most()).toBe(3)
})

test('a slow host rests twice as long as it took to answer', async () => {
  const { request, asked } = hosts({ ms: 300 })
  const polite = politely(request, () => new Date())
  await Promise.all([polite('https://slow.example/1'), polite('https://slow.example/2')])
  expect(asked[1]!.at - asked[0]!.at).toBeGreaterThanOrEqual(880)
})

test('a host that asks to wait is not asked before, and everybody is told until when', async () => {
  let now = new Date('2026-11-22T12:00:00Z')
  const { request, asked } = hosts({ status: 429, headers: { 'retry-after': '120' } })
  const polite = politely(request, () => now)
  await polite('https://busy.example/1')
  now = new Date('2026-11-22T12:00:30Z')
  const second = await polite('https://busy.example/2')
  expect(second).toMatchObject({ kind: 'ok', status: 429, headers: { 'retry-after': '90' }, requests: 0 })
  // Whoever enters with an account of their own is counted apart.
  await polite('https://busy.example/3', { headers: { Authorization: 'Bearer other' } })
  expect(asked).toHaveLength(2)
  now = new Date('2026-11-22T12:02:01Z')
  await polite('https://busy.example/4')
  expect(asked).toHaveLength(3)
})

test('a clock that is set back holds up nobody for longer than a rest', async () => {
  let now = new Date('2026-11-22T12:00:00Z')
  const { request, asked } = hosts({ status: 503, headers: { 'retry-after': '120' } })
  const polite = politely(request, () => now)
  await polite('https://jump.example/1')
  now = new Date('2026-11-22T11:00:00Z')
  expect(await polite('https://jump.example/2')).toMatchObject({ status: 503 })
  expect(asked).toHaveLength(2)
})

test('whoever gives up waiting lets the next one through', async () => {
  const { request, asked } = hosts()
  const polite = politely(request, () => new Date())
  const first = polite('https://a.example/1')
  const impatient = polite('https://a.example/2', { signal: AbortSignal.timeout(20) })
  const last = polite('https://a.example/3')
  expect(await impatient).toMatchObject({ kind: 'aborted' })
  expect(await Promise.all([first, last])).toMatchObject([{ status: 200 }, { status: 200 }])
  expect(asked).toHaveLength(2)
})
