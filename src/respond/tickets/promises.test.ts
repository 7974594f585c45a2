import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must } from '../../base/errors.ts'
import { first, inTransaction, type Database, type Postgres } from '../../base/postgres/postgres.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { barePost } from '../../listen/posts/post.ts'
import { parseQuery } from '../../listen/query/parse.ts'
import { compileSql } from '../../listen/query/sql.ts'
import { forecastLate } from '../clocks/forecast.ts'
import { ladders } from '../clocks/ladders.ts'
import { listClocks } from '../clocks/clocks.ts'
import { savePolicy, type PolicyInput } from '../clocks/policy.ts'
import { setWindows } from '../clocks/window.ts'
import { changeAttributes } from './attributes.ts'
import { addNote, noteAnswer, setStatus } from './change.ts'
import { listHistory } from './history.ts'
import { addMentions, openTicket } from './open.ts'
import { deliverOutbox } from './outbox.ts'
import { changeCalendar } from './promises.ts'
import { tellDue } from './rang.ts'
import { sweepPromises } from './sweep.ts'
import { getTicket } from './ticket.ts'
import { listWatchers } from './watchers.ts'

let postgres: Postgres
let clickhouse: Clickhouse
let db: Database
let project = 0
const anna = { id: 'm1', name: 'Anna' }
const office = [{ from: 540, to: 1080 }]
const workdays = { timeZone: 'UTC', week: [office, office, office, office, office, [], []], exceptions: [] }
const hours: PolicyInput = {
  ...{ name: 'Обычное', platforms: [], priorities: [], stages: [], tonalities: [] },
  ...{ firstMinutes: 60, nextMinutes: 120, solutionMinutes: 480, aroundTheClock: false, steps: [] },
}
/** Monday, the 11th of May, and the days after it. */
const at = (text: string) => new Date(`2026-05-${text}:00Z`)

beforeAll(async () => {
  postgres = await openTestPostgres()
  db = postgres.db
  clickhouse = await openTestClickhouse()
  await sql`insert into member (id, name, email) values ('m1', 'Anna', 'a@x'), ('m2', 'Boris', 'b@x'), ('m3', 'Clara', 'c@x')`.execute(
    db,
  )
})
afterAll(async () => {
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})
beforeEach(async () => {
  project = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
  await sql`
    insert into membership (project_id, member_id, role)
    values (${project}, 'm1', 'moderator'), (${project}, 'm2', 'manager'), (${project}, 'm3', 'head')`.execute(db)
  await inTransaction(db, (tx) => changeCalendar(tx, project, workdays, at('11T00:00')))
})

function mention(id: string, postedAt = at('11T08:00')) {
  return { ...barePost({ id, platform: 'vk', text: `Письмо ${id}` }), postedAt }
}

async function open(now: Date, id = 'vk:1'): Promise<number> {
  return (await openTicket(db, project, { mentions: [mention(id)] }, anna, now)).id
}

const states = async (ticket: number) =>
  (await listClocks(db, ticket)).map(({ kind, dueAt, outcome }) => [kind, dueAt ?? outcome])

test('what is promised is written down when a ticket is opened, in working time', async () => {
  await savePolicy(db, project, null, hours)
  const id = await open(at('11T17:30'))
  expect(await states(id)).toEqual([
    ['first', at('12T09:30')],
    ['solution', at('12T16:30')],
  ])
  expect((await getTicket(db, project, id)).nextDueAt).toEqual(at('12T09:30'))
})

test('the clock stops while we wait for the customer and goes on when they write', async () => {
  await savePolicy(db, project, null, hours)
  const id = await open(at('11T10:00'))
  await noteAnswer(db, project, id, anna, at('11T10:20'))
  await setStatus(db, project, id, 'pending', anna, { now: at('11T11:00') })
  expect(await getTicket(db, project, id)).toMatchObject({ nextDueAt: null })
  await addMentions(db, project, id, [mention('vk:2', at('12T13:00'))], null, at('12T13:10'))
  expect(await getTicket(db, project, id)).toMatchObject({ status: 'open', nextDueAt: at('12T15:10') })
  expect(await states(id)).toEqual([
    ['first', 'kept'],
    ['solution', at('13T11:10')],
    ['next', at('12T15:10')],
  ])
})

test('an older mention that joins later promises nothing and wakes nobody', async () => {
  await savePolicy(db, project, null, hours)
  const id = await open(at('11T10:00'))
  await noteAnswer(db, project, id, anna, at('11T10:20'))
  await setStatus(db, project, id, 'pending', anna, { now: at('11T11:00') })
  await addMentions(db, project, id, [mention('vk:2', at('11T10:30'))], anna, at('11T12:00'))
  expect(await getTicket(db, project, id)).toMatchObject({ status: 'pending', nextDueAt: null, mentionCount: 2 })
})

test('solved in time is kept; opened again, the time that had gone is gone', async () => {
  await savePolicy(db, project, null, hours)
  const id = await open(at('11T10:00'))
  await setStatus(db, project, id, 'solved', anna, { now: at('11T11:30') })
  expect(await states(id)).toEqual([
    ['first', 'missed'],
    ['solution', 'kept'],
  ])
  // Nobody had swept, and still it is told that the first answer never came.
  expect((await listHistory(db, project, id)).map(({ kind, about }) => [kind, about])).toContainEqual([
    'promise-missed',
    'first',
  ])
  await setStatus(db, project, id, 'open', anna, { now: at('12T10:00') })
  expect(await states(id)).toEqual([
    ['first', 'missed'],
    ['solution', at('12T16:30')],
  ])
})

test('another priority has another promise, and what had gone stays gone', async () => {
  await savePolicy(db, project, null, { ...hours, name: 'Срочное', priorities: ['urgent'], firstMinutes: 30 })
  await savePolicy(db, project, null, hours)
  const id = await open(at('11T10:00'))
  await changeAttributes(db, project, id, { priority: 'urgent' }, anna, at('11T10:10'))
  expect((await getTicket(db, project, id)).nextDueAt).toEqual(at('11T10:30'))
  await changeAttributes(db, project, id, { priority: 'low' }, anna, at('11T10:20'))
  expect((await getTicket(db, project, id)).nextDueAt).toEqual(at('11T11:00'))
})

test('a new holiday moves what is due, and what had gone before it stays gone', async () => {
  await savePolicy(db, project, null, hours)
  const id = await open(at('11T17:30'))
  const holiday = { ...workdays, exceptions: [{ day: '2026-05-12', blocks: [] }] }
  await inTransaction(db, (tx) => changeCalendar(tx, project, holiday, at('11T17:45')))
  expect((await getTicket(db, project, id)).nextDueAt).toEqual(at('13T09:30'))
  await inTransaction(db, (tx) => changeCalendar(tx, project, null, at('11T17:50')))
  expect((await getTicket(db, project, id)).nextDueAt).toEqual(at('11T18:30'))
})

test('a missed promise is an event, once, and the ladder calls one after the other', async () => {
  await savePolicy(db, project, null, {
    ...hours,
    ...ladders['hour-and-half'],
    steps: [...ladders['hour-and-half'].steps],
    solutionMinutes: null,
  })
  const id = await open(at('11T09:00'))
  const rang = async () =>
    (await listHistory(db, project, id))
      .filter(({ kind }) => kind === 'promise-missed' || kind === 'escalated')
      .map(({ kind, about, to, at: when }) => [kind, about, to, when])
  await sweepPromises(db, at('11T09:44'))
  expect(await rang()).toEqual([])
  await sweepPromises(db, at('11T09:45'))
  expect(await rang()).toEqual([['escalated', 'first', 'assignee', at('11T09:45')]])
  // Two processes at once, a third one late: each moment is told once.
  await Promise.all([1, 2, 3].map(() => sweepPromises(db, at('11T10:31'))))
  await sweepPromises(db, at('11T10:32'))
  expect((await rang()).slice(1)).toEqual([
    ['promise-missed', 'first', null, at('11T10:30')],
    ['escalated', 'first', 'manager', at('11T10:30')],
  ])
  expect(await listWatchers(db, id)).toEqual([{ id: 'm2', name: 'Boris' }])
  await sql`
    insert into member (id, name, email, is_head)
    values ('m9', 'Diana', 'diana@heed.test', true) on conflict do nothing`.execute(db)
  // Nobody looked for long: what has come meanwhile is told at its moment.
  await sweepPromises(db, at('13T09:00'))
  expect((await rang()).slice(3)).toEqual([
    ['escalated', 'first', 'head', at('11T12:00')],
    ['escalated', 'first', 'alarm', at('11T15:00')],
  ])
  expect((await listWatchers(db, id)).map(({ name }) => name)).toEqual(['Boris', 'Clara', 'Diana'])
  await noteAnswer(db, project, id, anna, at('13T09:10'))
  expect(await states(id)).toEqual([['first', 'missed']])
  expect((await sweepPromises(db, at('20T09:00'))).filter((rang) => rang.project === project)).toEqual([])
})

test('a process that dies in the middle of a sweep leaves nothing told and nothing untold', async () => {
  await savePolicy(db, project, null, hours)
  const id = await open(at('11T09:00'))
  const dies = inTransaction(db, async (tx) => {
    expect(await tellDue(tx, project, at('11T10:30'), { limit: 10 })).toEqual({ clocks: 1, tickets: [id] })
    throw new Error('killed')
  })
  await expect(dies).rejects.toThrow('killed')
  await sweepPromises(db, at('11T10:31'))
  await sweepPromises(db, at('11T10:31'))
  const missed = (await listHistory(db, project, id)).filter(({ kind }) => kind === 'promise-missed')
  expect(missed).toHaveLength(1)
})

test('after a pause in the middle of a ladder the rest of it is told, and nothing again', async () => {
  await savePolicy(db, project, null, { ...hours, steps: [...ladders['hour-and-half'].steps], solutionMinutes: null })
  const id = await open(at('11T09:00'))
  await sweepPromises(db, at('11T09:30'))
  await setStatus(db, project, id, 'pending', anna, { now: at('11T09:40') })
  await setStatus(db, project, id, 'open', anna, { now: at('11T12:00') })
  await sweepPromises(db, at('11T17:00'))
  const told = (await listHistory(db, project, id)).filter(({ about }) => about === 'first')
  expect(told.map(({ kind, to, at: when }) => [kind, to, when])).toEqual([
    ['escalated', 'assignee', at('11T09:30')],
    ['promise-missed', null, at('11T12:20')],
    ['escalated', 'manager', at('11T12:20')],
    ['escalated', 'head', at('11T13:20')],
    ['escalated', 'alarm', at('11T15:20')],
  ])
})

test('the history of a ticket goes with its project, its notes too', async () => {
  const id = await open(at('11T09:00'))
  await addNote(db, project, id, 'Звонили', anna)
  await sql`delete from project where id = ${project}`.execute(db)
  expect(await listHistory(db, project, id)).toEqual([])
})

test('what is missed stays missed under another policy and is not told again', async () => {
  await savePolicy(db, project, null, { ...hours, name: 'Срочное', priorities: ['urgent'], firstMinutes: 300 })
  await savePolicy(db, project, null, hours)
  const id = await open(at('11T09:00'))
  await sweepPromises(db, at('11T10:30'))
  await changeAttributes(db, project, id, { priority: 'urgent' }, anna, at('11T10:40'))
  await sweepPromises(db, at('11T17:00'))
  expect(
    (await listHistory(db, project, id)).filter(({ kind, about }) => kind === 'promise-missed' && about === 'first'),
  ).toHaveLength(1)
  await noteAnswer(db, project, id, anna, at('11T17:10'))
  expect((await states(id))[0]).toEqual(['first', 'missed'])
})

test('pending, closed and withdrawn promises never ring', async () => {
  await savePolicy(db, project, null, hours)
  const [waits, closed] = [await open(at('11T09:00')), await open(at('11T09:00'), 'vk:2')]
  await setStatus(db, project, waits, 'pending', anna, { now: at('11T09:10') })
  await setStatus(db, project, closed, 'closed', anna, { now: at('11T09:10') })
  expect((await sweepPromises(db, at('29T09:00'))).filter((rang) => rang.project === project)).toEqual([])
})

test('the window of a platform is a clock: what they write opens it anew, waiting does not stop it, an answer ends it', async () => {
  await inTransaction(db, (tx) => setWindows(tx, project, [{ platform: 'vk', minutes: 24 * 60 }]))
  const said = (id: string, when: string) => ({ ...mention(id), postedAt: at(when) })
  const { id } = await openTicket(db, project, { mentions: [said('vk:1', '15T20:00')] }, anna, at('15T20:10'))
  const due = async () =>
    (await listClocks(db, id)).filter(({ endedAt }) => endedAt === null).map(({ kind, dueAt }) => [kind, dueAt])
  expect(await due()).toEqual([['window', at('16T20:00')]])
  expect((await getTicket(db, project, id)).nextDueAt).toEqual(at('16T20:00'))
  await setStatus(db, project, id, 'pending', anna, { now: at('15T21:00') })
  expect(await due()).toEqual([['window', at('16T20:00')]])
  await addMentions(db, project, id, [said('vk:2', '16T08:00')], anna, at('16T08:05'))
  expect(await due()).toEqual([['window', at('17T08:00')]])
  await sweepPromises(db, at('17T07:00'))
  const called = (await listHistory(db, project, id)).filter(({ about }) => about === 'window')
  expect(called.map(({ kind, to, at: when }) => [kind, to, when])).toEqual([
    ['escalated', 'assignee', at('17T02:00')],
    ['escalated', 'manager', at('17T05:36')],
  ])
  await setStatus(db, project, id, 'solved', anna, { now: at('17T07:10') })
  expect(await due()).toEqual([])
  await setStatus(db, project, id, 'open', anna, { now: at('17T07:20') })
  expect(await due()).toEqual([['window', at('17T08:00')]])
  await noteAnswer(db, project, id, anna, at('17T07:30'))
  expect(await due()).toEqual([])
  expect((await listClocks(db, id)).map(({ outcome }) => outcome)).toEqual(['dropped', 'kept'])
  await sweepPromises(db, at('20T09:00'))
  expect((await listHistory(db, project, id)).filter(({ kind }) => kind === 'promise-missed')).toEqual([])
})

test('a window that nobody answered in is missed once; one that was closed when the ticket began is none', async () => {
  await inTransaction(db, (tx) => setWindows(tx, project, [{ platform: 'vk', minutes: 60 }]))
  const said = { ...mention('vk:1'), postedAt: at('11T09:00') }
  const { id } = await openTicket(db, project, { mentions: [said] }, anna, at('11T09:10'))
  await sweepPromises(db, at('11T12:00'))
  await sweepPromises(db, at('12T12:00'))
  const missed = (await listHistory(db, project, id)).filter(({ kind }) => kind === 'promise-missed')
  expect(missed.map(({ about, at: when }) => [about, when])).toEqual([['window', at('11T10:00')]])
  const late = await openTicket(db, project, { mentions: [{ ...said, id: 'vk:2' }] }, anna, at('13T09:10'))
  expect(await listClocks(db, late.id)).toEqual([])
})

test('the stream is asked for what is due soon, and knows it from the desk', async () => {
  await savePolicy(db, project, null, { ...hours, aroundTheClock: true, nextMinutes: null, solutionMinutes: null })
  await saveMentions(
    clickhouse,
    ['vk:1', 'vk:2'].map((id) => ({
      ...{ post: mention(id), project, sourceId: null, collectedAt: new Date(), langConfidence: null, cluster: id },
      ...{ topics: [], places: {}, words: noWords },
    })),
  )
  const id = (await openTicket(db, project, { mentions: [mention('vk:1')] }, anna, new Date())).id
  await deliverOutbox(db, clickhouse)
  const [known] = await findMentions(clickhouse, project, ['vk:1'])
  expect(known?.dueAt).toEqual((await getTicket(db, project, id)).nextDueAt)
  expect(await found('sla_left:<90')).toEqual(['vk:1'])
  expect(await found('sla_left:<30')).toEqual([])
  // What is not known satisfies neither the condition nor its negation.
  expect(await found('NOT sla_left:<30')).toEqual(['vk:1'])
  await noteAnswer(db, project, id, anna)
  await deliverOutbox(db, clickhouse)
  expect(await found('sla_left:<90')).toEqual([])
})

test('the forecast says whose turn comes too late at the present pace', async () => {
  await savePolicy(db, project, null, { ...hours, solutionMinutes: null })
  for (const n of [1, 2, 3, 4]) {
    const id = await open(at('11T09:00'), `vk:${n}`)
    await noteAnswer(db, project, id, anna, at(`11T09:${n}0`))
  }
  for (const n of [5, 6, 7]) await open(at('11T10:00'), `vk:${n}`)
  expect(await forecastLate(db, project, at('11T10:30'), 2)).toEqual({
    pace: 1,
    hours: [
      { from: at('11T10:30'), due: 3, late: 3 },
      { from: at('11T11:30'), due: 0, late: 0 },
    ],
  })
})

async function found(text: string): Promise<string[]> {
  const { where, params, exact } = compileSql(parseQuery(text).query)
  expect(exact).toBe(true)
  const rows = await clickhouse.rows<{ id: string }>(
    `select id from mention where project_id = {project:UInt32} and (${where}) order by id`,
    { project, ...params },
  )
  return rows.map(({ id }) => id)
}
