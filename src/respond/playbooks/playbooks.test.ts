import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database, type Postgres } from '../../base/postgres/postgres.ts'
import { barePost } from '../../listen/posts/post.ts'
import { addTopic } from '../../listen/topics/topic.ts'
import { saveCalendar } from '../clocks/calendar.ts'
import { noteHappening, type HappeningKind } from '../happenings/happening.ts'
import { openTicket } from '../tickets/open.ts'
import { listAlarms } from './alarm.ts'
import { endPlay, getPlay, listPlays, notePlay, setStep, startPlay } from './play.ts'
import { approvePlaybook, getPlaybook, listPlaybooks, retirePlaybook, savePlaybook } from './playbook.ts'
import { readyMade } from './ready-made.ts'
import { remindOwners } from './remind.ts'

let postgres: Postgres
let db: Database
let project = 0
const now = new Date('2026-11-22T12:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const by = (minutes = 0) => ({ actor: 'Anna', now: later(minutes) })

beforeAll(async () => {
  postgres = await openTestPostgres()
  db = postgres.db
  await sql`insert into member (id, name, email, locale) values ('m1', 'Anna', 'anna@heed.test', 'ru'), ('m2', 'Boris', 'boris@heed.test', 'en')`.execute(
    db,
  )
})
afterAll(() => postgres[Symbol.asyncDispose]())
beforeEach(async () => {
  project = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
  await sql`insert into membership (member_id, project_id, role) values ('m1', ${project}, 'manager'), ('m2', ${project}, 'moderator')`.execute(
    db,
  )
})

async function approved(kind: 'natural' | 'directed' = 'natural'): Promise<number> {
  const scheme = must(readyMade('ru').find((one) => one.kind === kind))
  const { id } = await savePlaybook(db, project, null, scheme, 'Anna')
  await approvePlaybook(db, project, id, { by: 'Anna', now })
  return id
}

async function ticket(mentionId = 'vk:1'): Promise<number> {
  const mention = { ...barePost({ id: mentionId, platform: 'vk', text: 'x' }), postedAt: now }
  return (await openTicket(db, project, { mentions: [mention] }, { id: 'm1', name: 'Anna' })).id
}

const letters = () =>
  list(db, sql<{ recipient: string }>`select recipient from letter where project_id = ${project} order by id`)

test('both ready-made schemes speak both languages, step by step alike', () => {
  for (const [i, russian] of readyMade('ru').entries()) {
    const english = must(readyMade('en')[i])
    const shape = (scheme: typeof english) =>
      scheme.steps.map(({ minutes, role, text }) => [minutes, role, text === null])
    expect([russian.kind, shape(russian)]).toEqual([english.kind, shape(english)])
  }
})

test('nothing begins that nobody has approved, and another text is approved anew', async () => {
  const scheme = must(readyMade('en')[0])
  const { id } = await savePlaybook(db, project, null, scheme, 'Boris')
  await expect(startPlay(db, project, { playbook: id, ticket: null }, by())).rejects.toThrow(UserError)
  await approvePlaybook(db, project, id, { by: 'Anna', now })
  expect((await savePlaybook(db, project, id, { ...scheme, name: 'Other name' }, 'Boris')).approvedBy).toBe('Anna')
  const steps = scheme.steps.with(0, { ...must(scheme.steps[0]), text: 'Other words' })
  expect((await savePlaybook(db, project, id, { ...scheme, steps }, 'Boris')).approvedAt).toBeNull()
  await expect(startPlay(db, project, { playbook: id, ticket: null }, by())).rejects.toThrow(UserError)
})

test('the record shows what was done when, by whom, and what was left out', async () => {
  const playbook = await approved()
  const id = await startPlay(db, project, { playbook, ticket: await ticket() }, by())
  await setStep(db, project, { play: id, position: 0, state: 'done', note: null }, by(5))
  await setStep(db, project, { play: id, position: 0, state: 'done', note: null }, by(6))
  await setStep(db, project, { play: id, position: 1, state: 'skipped', note: 'Уже известно' }, by(7))
  await setStep(db, project, { play: id, position: 0, state: 'open', note: null }, by(8))
  await notePlay(db, project, id, 'Клиент согласен', by(9))
  await endPlay(db, project, id, 'Утихло', by(10))
  const { play, record } = await getPlay(db, project, id)
  expect(record.map(({ at, actor, kind, position, note }) => [at, actor, kind, position, note])).toEqual([
    [later(0), 'Anna', 'started', null, null],
    [later(5), 'Anna', 'done', 0, null],
    [later(7), 'Anna', 'skipped', 1, 'Уже известно'],
    [later(8), 'Anna', 'reopened', 0, null],
    [later(9), 'Anna', 'note', null, 'Клиент согласен'],
    [later(10), 'Anna', 'ended', null, 'Утихло'],
  ])
  expect(play).toMatchObject({ settled: 1, endedAt: later(10), nextDueAt: null })
  for (const act of [
    () => setStep(db, project, { play: id, position: 2, state: 'done', note: null }, by()),
    () => notePlay(db, project, id, 'x', by()),
    () => endPlay(db, project, id, null, by()),
  ])
    await expect(act()).rejects.toThrow(UserError)
})

test('what works keeps its steps when the playbook changes or goes', async () => {
  const playbook = await approved()
  const id = await startPlay(db, project, { playbook, ticket: null }, by())
  const scheme = must(readyMade('en')[1])
  await savePlaybook(db, project, playbook, scheme, 'Anna')
  await retirePlaybook(db, project, playbook, true)
  expect(await listPlaybooks(db, project)).toEqual([])
  expect((await getPlay(db, project, id)).steps.map(({ title }) => title)).toEqual(
    must(readyMade('ru')[0]).steps.map(({ title }) => title),
  )
  await retirePlaybook(db, project, playbook, false)
  expect((await getPlaybook(db, project, playbook)).kind).toBe('directed')
})

test('a playbook works at a ticket once at a time, also when two people begin it', async () => {
  const playbook = await approved()
  const at = await ticket()
  const both = await Promise.all([1, 2].map(() => startPlay(db, project, { playbook, ticket: at }, by())))
  expect(both[0]).toBe(both[1])
  await endPlay(db, project, must(both[0]), null, by())
  await startPlay(db, project, { playbook, ticket: at }, by(1))
  expect((await listPlays(db, project, at)).map(({ endedAt }) => endedAt === null)).toEqual([true, false])
})

test('the owner of a step is written once when its time is over, and nobody for what is done or over', async () => {
  const playbook = await approved()
  const one = await startPlay(db, project, { playbook, ticket: null }, by())
  const other = await startPlay(db, project, { playbook, ticket: null }, by())
  await endPlay(db, project, other, null, by())
  const remind = (minutes: number) => remindOwners(db, { publicUrl: 'http://heed.test', now: later(minutes) })
  await remind(14)
  expect(await letters()).toEqual([])
  await remind(15)
  await remind(16)
  expect(await letters()).toEqual([{ recipient: 'boris@heed.test' }])
  await setStep(db, project, { play: one, position: 1, state: 'done', note: null }, by(20))
  await remind(61)
  expect(await letters()).toHaveLength(1)
  expect((await getPlay(db, project, one)).record.filter(({ kind }) => kind === 'late')).toMatchObject([
    { position: 0 },
  ])
})

let raised = 0
function raise(kind: HappeningKind, about: { topic?: number; ticket?: number; text?: string } = {}): Promise<number> {
  const figures = { hours: 1, mentions: 20, expected: 2 }
  const happening = { project, kind, key: `test ${raised++}`, at: now, about: { figures, ...about } }
  return inTransaction(db, async (tx) => must(await noteHappening(tx, happening)))
}

async function topic(name: string): Promise<number> {
  return (await addTopic(db, project, { name, group: null, query: name }, null)).id
}

test('a play keeps which alarm it answers, and the alarm shows the play', async () => {
  const playbook = await approved('directed')
  const cards = await topic('Карты')
  const alarm = await raise('spike.negative', { topic: cards })
  const told = await raise('rule.told', { text: 'Посмотрите' })
  await raise('source.ill')
  const id = await startPlay(db, project, { playbook, ticket: null, alarm }, by())
  expect((await listAlarms(db, project)).map(({ id: one, plays }) => [one, plays.map((play) => play.id)])).toEqual([
    [told, []],
    [alarm, [id]],
  ])
  // What was raised is kept for a month only; what answered it says for ever what it was.
  await sql`delete from happening where project_id = ${project}`.execute(db)
  await sql`delete from topic where id = ${cards}`.execute(db)
  const { play, alarms } = await getPlay(db, project, id)
  expect(play.alarms).toEqual([{ id: alarm, kind: 'spike.negative', topic: 'Карты' }])
  expect(alarms).toMatchObject([{ at: now, topic: 'Карты', topicId: null, figures: { mentions: 20 } }])
  await expect(startPlay(db, project, { playbook, ticket: null, alarm }, by())).rejects.toThrow(NotFound)
})

test('a spike of mentions and one of negativity about one topic are one fire, another topic is another', async () => {
  const playbook = await approved()
  const [cards, loans] = [await topic('Карты'), await topic('Кредиты')]
  const begin = (alarm: number) => startPlay(db, project, { playbook, ticket: null, alarm }, by())
  const both = [await raise('spike.volume', { topic: cards }), await raise('spike.negative', { topic: cards })]
  const [one, same] = await Promise.all(both.map(begin))
  expect(same).toBe(one)
  const other = await begin(await raise('spike.volume', { topic: loans }))
  expect(other).not.toBe(one)
  expect((await getPlay(db, project, must(one))).alarms.map(({ id }) => id)).toEqual(both)
  expect((await getPlay(db, project, must(one))).record.map(({ kind }) => kind)).toEqual(['started', 'alarm'])
  await endPlay(db, project, must(one), null, by())
  expect(await begin(must(both[0]))).not.toBe(one)
})

test('an alarm brings its ticket, and a play at the ticket answers it', async () => {
  const playbook = await approved()
  const [at, elsewhere] = [await ticket(), await ticket('vk:2')]
  const alarm = await raise('promise.explosion', { ticket: at })
  const id = await startPlay(db, project, { playbook, ticket: null, alarm }, by())
  expect((await getPlay(db, project, id)).play.ticketId).toBe(at)
  const here = await startPlay(db, project, { playbook, ticket: elsewhere }, by())
  expect(here).not.toBe(id)
  const late = await raise('promise.explosion', { ticket: elsewhere })
  expect(await startPlay(db, project, { playbook, ticket: null, alarm: late }, by())).toBe(here)
  expect((await listPlays(db, project, elsewhere)).map((play) => play.id)).toEqual([here])
})

test('a step in working hours is due when so much of them has gone, the others around the clock', async () => {
  const nine = { from: 9 * 60, to: 18 * 60 }
  await saveCalendar(db, project, {
    timeZone: 'UTC',
    week: [[nine], [nine], [nine], [nine], [nine], [], []],
    exceptions: [],
  })
  const scheme = must(readyMade('en')[0])
  const step = must(scheme.steps[0])
  const steps = [
    { ...step, minutes: 90, aroundTheClock: true },
    { ...step, minutes: 90, aroundTheClock: false },
    { ...step, minutes: 10 * 60, aroundTheClock: false },
    { ...step, minutes: null, aroundTheClock: false },
  ]
  const { id } = await savePlaybook(db, project, null, { ...scheme, steps }, 'Anna')
  await approvePlaybook(db, project, id, { by: 'Anna', now })
  // 22 November 2026 is a Sunday.
  const due = async () =>
    (await getPlay(db, project, await startPlay(db, project, { playbook: id, ticket: null }, by()))).steps.map(
      ({ dueAt }) => dueAt?.toISOString(),
    )
  expect(await due()).toEqual([
    '2026-11-22T13:30:00.000Z',
    '2026-11-23T10:30:00.000Z',
    '2026-11-24T10:00:00.000Z',
    undefined,
  ])
  await saveCalendar(db, project, null)
  expect(await due()).toEqual([
    '2026-11-22T13:30:00.000Z',
    '2026-11-22T13:30:00.000Z',
    '2026-11-22T22:00:00.000Z',
    undefined,
  ])
})

test('what another project has does not exist', async () => {
  const playbook = await approved()
  const id = await startPlay(db, project, { playbook, ticket: null }, by())
  const theirs = must(await first(db, sql<{ id: number }>`insert into project (name) values ('q') returning id`)).id
  for (const act of [
    () => getPlay(db, theirs, id),
    () => getPlaybook(db, theirs, playbook),
    () => startPlay(db, theirs, { playbook, ticket: null }, by()),
    async () => startPlay(db, project, { playbook, ticket: null, alarm: await alarmOf(theirs) }, by()),
    () => setStep(db, theirs, { play: id, position: 0, state: 'done', note: null }, by()),
    () => endPlay(db, theirs, id, null, by()),
    () => retirePlaybook(db, theirs, playbook, true),
  ])
    await expect(act()).rejects.toThrow(NotFound)
  expect(await listAlarms(db, project)).toEqual([])
})

function alarmOf(theirs: number): Promise<number> {
  const happening = { project: theirs, kind: 'spike.volume' as const, key: 'theirs', at: now, about: {} }
  return inTransaction(db, async (tx) => must(await noteHappening(tx, happening)))
}
