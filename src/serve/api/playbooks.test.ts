import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { must } from '../../base/errors.ts'
import type { HeedEvent } from '../../base/events/events.ts'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { noteHappening } from '../../respond/happenings/happening.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { PlayDetail, Playbook, PlaybookInput, RaisedAlarm } from './shapes/playbook.ts'

let house: TestHouse
let api: Api
let manager: Person & { project: number }
let moderator: Person

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  manager = await enterNewProject(house, api, 'manager')
  moderator = await enterProject(house, api, manager.project, 'moderator')
})
afterAll(() => house[Symbol.asyncDispose]())

const at = (path: string) => `/api/projects/${manager.project}${path}`
const read = async <T>(answer: Response) => (await answer.json()) as T

test('a manager writes and approves, a moderator works by it, and the record tells who did what', async () => {
  const { readyMade } = await read<{ readyMade: PlaybookInput[] }>(await moderator.ask(at('/playbooks')))
  const scheme = must(readyMade[0])
  expect((await moderator.ask(at('/playbooks'), { method: 'POST', body: scheme })).status).toBe(404)
  const written = await read<Playbook>(await manager.ask(at('/playbooks'), { method: 'POST', body: scheme }))
  expect(written.approved).toBeNull()
  const begin = () => moderator.ask(at('/plays'), { method: 'POST', body: { playbook: written.id, ticket: null } })
  expect(await read(await begin())).toMatchObject({ key: 'playbook-not-approved' })
  expect((await moderator.ask(at(`/playbooks/${written.id}/approval`), { method: 'POST' })).status).toBe(404)
  await manager.ask(at(`/playbooks/${written.id}/approval`), { method: 'POST' })

  const { play, steps } = await read<PlayDetail>(await begin())
  expect(steps.map(({ title }) => title)).toEqual(scheme.steps.map(({ title }) => title))
  const body = { position: 0, state: 'done', note: null }
  const done = await read<PlayDetail>(await moderator.ask(at(`/plays/${play.id}/step`), { method: 'PUT', body }))
  expect(done.play.settled).toBe(1)
  expect(done.record.map(({ kind, actor }) => [kind, actor])).toEqual([
    ['started', 'The moderator'],
    ['done', 'The moderator'],
  ])
  const ended = await read<PlayDetail>(
    await manager.ask(at(`/plays/${play.id}/end`), { method: 'POST', body: { note: 'calm' } }),
  )
  expect(ended.record.at(-1)).toMatchObject({ kind: 'ended', note: 'calm' })
  expect(await read(await begin())).toMatchObject({ play: { settled: 0 } })
})

test('an alarm is answered by whoever is on shift, and shows by what', async () => {
  const at_ = new Date()
  const { db } = house.postgres
  const heard: HeedEvent[] = []
  const stop = house.events.subscribe((event) => heard.push(event))
  const happening = { project: manager.project, kind: 'spike.negative' as const, key: 'x', at: at_, about: {} }
  const alarm = must(await inTransaction(db, (tx) => noteHappening(tx, happening)))
  await expect.poll(() => heard).toContainEqual({ project: manager.project, kind: 'alarm', alarm })
  stop()
  const { items } = await read<{ items: Playbook[] }>(await moderator.ask(at('/playbooks')))
  const playbook = must(items.find(({ approved }) => approved !== null)).id
  const { play, alarms } = await read<PlayDetail>(
    await moderator.ask(at('/plays'), { method: 'POST', body: { playbook, ticket: null, alarm } }),
  )
  expect(alarms).toMatchObject([{ id: alarm, kind: 'spike.negative', at: at_.toISOString() }])
  const raised = await read<{ items: RaisedAlarm[] }>(await moderator.ask(at('/alarms')))
  expect(raised.items).toMatchObject([{ id: alarm, plays: [{ id: play.id, endedAt: null }] }])
})

test('a client of the project sees no playbooks', async () => {
  const client = await enterProject(house, api, manager.project, 'client')
  for (const path of ['/playbooks', '/plays', '/alarms']) expect((await client.ask(at(path))).status).toBe(404)
})
