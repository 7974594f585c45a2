import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database, type Postgres } from '../../base/postgres/postgres.ts'
import { barePost } from '../../listen/posts/post.ts'
import { changeAttributes } from './attributes.ts'
import { assignTicket, closeTicket, reopenTicket, setStatus } from './change.ts'
import { addField, changeField } from './fields.ts'
import { listHistory } from './history.ts'
import {
  listIncidents,
  listTicketsOfIncident,
  openIncident,
  reopenIncident,
  setIncident,
  solveIncident,
} from './incident.ts'
import { listLinks, setLinked } from './links.ts'
import { listMoves, mergeTickets, splitTicket, undoMove } from './move.ts'
import { openTicket } from './open.ts'
import { addQueue, changeQueue, listQueues } from './queues.ts'
import { getTicket, listMentionIds } from './ticket.ts'
import { listWatchers, setWatching } from './watchers.ts'

let postgres: Postgres
let db: Database
let project = 0
const anna = { id: 'm1', name: 'Anna' }
const boris = { id: 'm2', name: 'Boris' }
const findMember = async (_: Database, id: string) => ({ m1: anna, m2: boris })[id] ?? null

beforeAll(async () => {
  postgres = await openTestPostgres()
  db = postgres.db
  await sql`insert into member (id, name, email) values ('m1', 'Anna', 'a@x'), ('m2', 'Boris', 'b@x')`.execute(db)
})
afterAll(() => postgres[Symbol.asyncDispose]())
beforeEach(async () => {
  project = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
})

function mention(id: string) {
  const author = { id: `vk:by-${id}`, name: id, handle: null, bio: null, followers: null, verified: null }
  return {
    ...barePost({ id, platform: 'vk', text: `Письмо ${id}`, author }),
    postedAt: new Date('2026-05-01T10:00:00Z'),
  }
}

async function opened(...ids: string[]): Promise<number> {
  return (await openTicket(db, project, { mentions: ids.map(mention) }, anna)).id
}

const kinds = async (id: number) => (await listHistory(db, project, id)).map(({ kind }) => kind)

test('what is decided about a ticket is kept, with who did it, from what to what', async () => {
  const queue = await addQueue(db, project, 'Первая линия')
  const order = await addField(db, project, { name: 'Заказ', kind: 'number', choices: [] })
  const id = await opened('vk:1')
  await changeAttributes(
    db,
    project,
    id,
    { priority: 'urgent', queue, addTags: ['возврат', 'карта'], fields: { [order.id]: 17 } },
    anna,
  )
  await changeAttributes(db, project, id, { queue: null, removeTags: ['карта'], fields: { [order.id]: null } }, boris)
  expect(await getTicket(db, project, id)).toMatchObject({
    priority: 'urgent',
    queueId: null,
    tags: ['возврат'],
    fields: {},
  })
  expect(
    (await listHistory(db, project, id))
      .slice(2)
      .map(({ actor, kind, about, from, to }) => [actor, kind, about, from, to]),
  ).toEqual([
    ['Anna', 'priority-changed', null, 'normal', 'urgent'],
    ['Anna', 'queue-changed', null, null, 'Первая линия'],
    ['Anna', 'tags-changed', null, null, 'возврат, карта'],
    ['Anna', 'field-changed', 'Заказ', null, '17'],
    ['Boris', 'queue-changed', null, 'Первая линия', null],
    ['Boris', 'tags-changed', null, 'карта', null],
    ['Boris', 'field-changed', 'Заказ', '17', null],
  ])
})

test('two people at once: both have their tags, and of the rest the second is told who was quicker', async () => {
  const id = await opened('vk:1')
  await Promise.all([
    changeAttributes(db, project, id, { addTags: ['a'] }, anna),
    changeAttributes(db, project, id, { addTags: ['b'] }, boris),
  ])
  expect((await getTicket(db, project, id)).tags.toSorted()).toEqual(['a', 'b'])
  await changeAttributes(db, project, id, { priority: 'high', was: { priority: 'normal' } }, anna)
  const late = changeAttributes(
    db,
    project,
    id,
    { priority: 'low', addTags: ['c'], was: { priority: 'normal' } },
    boris,
  )
  await expect(late).rejects.toMatchObject({ key: 'ticket-overtaken', values: { who: 'Anna' } })
  await expect(setStatus(db, project, id, 'solved', boris, { was: 'pending' })).rejects.toThrow(UserError)
  await assignTicket(db, project, id, { member: 'm1', findMember, was: null }, anna)
  await expect(assignTicket(db, project, id, { member: 'm2', findMember, was: null }, boris)).rejects.toThrow('Anna')
  expect(await getTicket(db, project, id)).toMatchObject({ priority: 'high', status: 'open', assigneeId: 'm1' })
  expect((await getTicket(db, project, id)).tags).not.toContain('c')
})

test('whoever changes what they saw always succeeds, and nobody’s change is lost', async () => {
  const id = await opened('vk:1')
  const wishes = ['low', 'high', 'urgent', 'normal'] as const
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...wishes), { minLength: 2, maxLength: 5 }), async (all) => {
      const { priority } = await getTicket(db, project, id)
      const done = await Promise.allSettled(
        all.map((wish) => changeAttributes(db, project, id, { priority: wish, was: { priority } }, anna)),
      )
      const won = all.filter((wish, index) => done[index]?.status === 'fulfilled' && wish !== priority)
      const after = (await getTicket(db, project, id)).priority
      // One wish wins; those who wanted the same are content; everybody else was told.
      expect(new Set(won).size).toBeLessThanOrEqual(1)
      expect(after).toBe(won[0] ?? priority)
    }),
    { numRuns: 20 },
  )
})

test('a field holds what its kind says, and says so', async () => {
  const id = await opened('vk:1')
  const field = (kind: 'text' | 'number' | 'choice' | 'flag' | 'date') =>
    addField(db, project, { name: kind, kind, choices: kind === 'choice' ? ['да', 'нет'] : [] })
  for (const [kind, good, bad] of [
    ['text', 'слово', '  '],
    ['number', 3.5, '3.5'],
    ['choice', 'да', 'может быть'],
    ['flag', false, 'нет'],
    ['date', '2026-02-28', '2026-02-30'],
  ] as const) {
    const { id: number } = await field(kind)
    await expect(changeAttributes(db, project, id, { fields: { [number]: bad } }, anna)).rejects.toMatchObject({
      key: `ticket-field-wants-${kind}`,
    })
    await changeAttributes(db, project, id, { fields: { [number]: good } }, anna)
    expect((await getTicket(db, project, id)).fields[number]).toBe(good)
  }
  await expect(field('text')).rejects.toMatchObject({ key: 'ticket-name-taken' })
  await expect(addField(db, project, { name: 'x', kind: 'choice', choices: [] })).rejects.toThrow(UserError)
  await expect(changeAttributes(db, project, id, { fields: { 999999: 1 } }, anna)).rejects.toThrow(NotFound)
})

test('a queue or a field that is retired stays with the tickets that have it', async () => {
  const queue = await addQueue(db, project, 'Старая')
  const id = await opened('vk:1')
  await changeAttributes(db, project, id, { queue }, anna)
  await changeQueue(db, project, queue, { retired: true })
  expect(await listQueues(db, project)).toEqual([{ id: queue, name: 'Старая', retired: true, open: 1 }])
  expect((await getTicket(db, project, id)).queueName).toBe('Старая')
  await expect(changeQueue(db, project + 1, queue, { retired: false })).rejects.toThrow(NotFound)
  await expect(changeAttributes(db, project, id, { queue: 999999 }, anna)).rejects.toThrow(UserError)
  const field = await addField(db, project, { name: 'Город', kind: 'text', choices: [] })
  expect(await changeField(db, project, field.id, { retired: true })).toMatchObject({ name: 'Город', retired: true })
})

test('a merged ticket gives its mentions and watchers away, and taking it back gives everything back', async () => {
  const [from, into] = [await opened('vk:1', 'vk:2'), await opened('vk:3')]
  await setStatus(db, project, from, 'pending', anna)
  await setWatching(db, project, from, { member: 'm2', watches: true, findMember }, anna)
  await mergeTickets(db, project, { from, into }, anna)
  expect(await listMentionIds(db, project, into)).toEqual(['vk:1', 'vk:2', 'vk:3'])
  expect(await getTicket(db, project, from)).toMatchObject({ status: 'closed', mergedInto: into, mentionCount: 0 })
  expect(await listWatchers(db, into)).toEqual([{ id: 'm2', name: 'Boris' }])
  await expect(reopenTicket(db, project, from, anna)).rejects.toMatchObject({ values: { ticket: `#${into}` } })
  await expect(mergeTickets(db, project, { from: into, into: from }, anna)).rejects.toMatchObject({
    key: 'ticket-merged-away',
  })
  const [move] = await listMoves(db, project, into)
  await undoMove(db, project, must(move).id, boris)
  await undoMove(db, project, must(move).id, boris)
  expect(await listMentionIds(db, project, from)).toEqual(['vk:1', 'vk:2'])
  expect(await listMentionIds(db, project, into)).toEqual(['vk:3'])
  expect(await getTicket(db, project, from)).toMatchObject({ status: 'pending', mergedInto: null })
  expect(await kinds(into)).toEqual(['opened', 'mention-added', 'merged-from', 'move-undone'])
  expect(await listMoves(db, project, from)).toEqual([])
})

test('a merged ticket hands on its tags, and its owner where nobody has the other one; taking it back takes them along', async () => {
  const [from, into] = [await opened('vk:1'), await opened('vk:2')]
  await assignTicket(db, project, from, { member: 'm2', findMember }, anna)
  await changeAttributes(db, project, from, { addTags: ['возврат', 'карта'] }, anna)
  await changeAttributes(db, project, into, { addTags: ['карта', 'жалоба'] }, anna)
  expect(await mergeTickets(db, project, { from, into }, anna)).toMatchObject({
    assigneeName: 'Boris',
    tags: ['карта', 'жалоба', 'возврат'],
  })
  expect((await listHistory(db, project, into)).slice(-3)).toMatchObject([
    { kind: 'merged-from' },
    { kind: 'assigned', from: null, to: 'Boris', actor: 'Anna' },
    { kind: 'tags-changed', from: null, to: 'возврат', actor: 'Anna' },
  ])
  const undo = async () => undoMove(db, project, must((await listMoves(db, project, into))[0]).id, boris)
  await undo()
  expect(await getTicket(db, project, into)).toMatchObject({ assigneeId: null, tags: ['карта', 'жалоба'] })
  expect(await getTicket(db, project, from)).toMatchObject({ assigneeId: 'm2', tags: ['возврат', 'карта'] })

  await assignTicket(db, project, into, { member: 'm1', findMember }, anna)
  expect(await mergeTickets(db, project, { from, into }, anna)).toMatchObject({ assigneeName: 'Anna' })
  await undo()
  expect(await getTicket(db, project, into)).toMatchObject({ assigneeId: 'm1' })

  // Whoever took it over in between keeps it.
  await assignTicket(db, project, into, { member: null, findMember }, anna)
  await mergeTickets(db, project, { from, into }, anna)
  await assignTicket(db, project, into, { member: 'm1', findMember }, anna)
  await undo()
  expect(await getTicket(db, project, into)).toMatchObject({ assigneeId: 'm1' })
})

test('mentions of another matter go into a ticket of their own, and come back', async () => {
  const from = await opened('vk:1', 'vk:2', 'vk:3')
  const split = await splitTicket(db, project, { from, mentions: ['vk:2'], title: 'Другое' }, anna)
  expect(split).toMatchObject({ title: 'Другое', status: 'open', mentionCount: 1 })
  expect(await listMentionIds(db, project, from)).toEqual(['vk:1', 'vk:3'])
  await expect(splitTicket(db, project, { from, mentions: ['vk:1', 'vk:3'] }, anna)).rejects.toThrow(UserError)
  await expect(splitTicket(db, project, { from, mentions: ['vk:9'] }, anna)).rejects.toThrow(NotFound)
  const [move] = await listMoves(db, project, from)
  await openTicket(db, project, { mentions: [mention('vk:2'), mention('vk:4')] }, anna)
  // Another mention has joined the new ticket; taking the split back would leave it without a place.
  await expect(undoMove(db, project, must(move).id, anna)).rejects.toMatchObject({ key: 'ticket-move-went-on' })
  await splitTicket(db, project, { from: split.id, mentions: ['vk:4'] }, anna)
  await undoMove(db, project, must(move).id, anna)
  expect(await listMentionIds(db, project, from)).toEqual(['vk:1', 'vk:2', 'vk:3'])
  expect(await getTicket(db, project, split.id)).toMatchObject({ status: 'closed', mergedInto: from })
})

test('links go both ways and are taken off from either side', async () => {
  const [one, two] = [await opened('vk:1'), await opened('vk:2')]
  await setLinked(db, project, { ticket: two, other: one, linked: true }, anna)
  await setLinked(db, project, { ticket: one, other: two, linked: true }, anna)
  expect((await listLinks(db, project, one)).map(({ id }) => id)).toEqual([two])
  expect((await listLinks(db, project, two)).map(({ id }) => id)).toEqual([one])
  await setLinked(db, project, { ticket: one, other: two, linked: false }, anna)
  expect(await listLinks(db, project, two)).toEqual([])
  expect(await kinds(two)).toEqual(['opened', 'mention-added', 'linked', 'unlinked'])
  await expect(setLinked(db, project, { ticket: one, other: one, linked: true }, anna)).rejects.toThrow(UserError)
})

test('one cause: solving the incident solves what is open of it, and nothing else', async () => {
  const [one, two, three] = [await opened('vk:1'), await opened('vk:2'), await opened('vk:3')]
  const incident = must((await openIncident(db, project, { ticket: one, title: 'Не работают карты' }, anna)).incidentId)
  await setIncident(db, project, two, incident, anna)
  await setIncident(db, project, three, incident, anna)
  await closeTicket(db, project, three, anna)
  expect((await listTicketsOfIncident(db, incident)).map(({ id }) => id)).toEqual([one, two, three])
  expect((await solveIncident(db, project, incident, boris)).map(({ id }) => id)).toEqual([one, two])
  expect(await solveIncident(db, project, incident, boris)).toEqual([])
  expect((await getTicket(db, project, three)).status).toBe('closed')
  const late = await opened('vk:4')
  await expect(setIncident(db, project, late, incident, anna)).rejects.toMatchObject({ key: 'incident-solved' })
  await reopenIncident(db, project, incident)
  await setIncident(db, project, late, incident, anna)
  expect(await listIncidents(db, project)).toMatchObject([{ title: 'Не работают карты', tickets: 4, solvedAt: null }])
  await setIncident(db, project, late, null, anna)
  expect(await kinds(late)).toEqual(['opened', 'mention-added', 'incident-joined', 'incident-left'])
})

test('only members of the project watch its tickets', async () => {
  const id = await opened('vk:1')
  await expect(setWatching(db, project, id, { member: 'm9', watches: true, findMember }, anna)).rejects.toThrow(
    UserError,
  )
  await setWatching(db, project, id, { member: 'm2', watches: true, findMember }, boris)
  await setWatching(db, project, id, { member: 'm2', watches: true, findMember }, boris)
  await setWatching(db, project, id, { member: 'm2', watches: false, findMember }, boris)
  expect(await kinds(id)).toEqual(['opened', 'mention-added', 'watched', 'unwatched'])
})

test('whatever is merged, split and taken back, a mention is in one ticket that is not closed at most and in none twice', async () => {
  const ids = ['vk:1', 'vk:2', 'vk:3', 'vk:4']
  const step = fc.record({
    does: fc.constantFrom('open', 'merge', 'split', 'undo', 'close', 'reopen'),
    one: fc.nat(5),
    other: fc.nat(5),
    of: fc.subarray(ids, { minLength: 1 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      project = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
      for (const { does, one, other, of } of steps) {
        const tickets = (
          await list(db, sql<{ id: number }>`select id from ticket where project_id = ${project} order by id`)
        ).map(({ id }) => id)
        const [from, into] = [tickets[one % tickets.length] ?? 0, tickets[other % tickets.length] ?? 0]
        const [move] = from === 0 ? [] : await listMoves(db, project, from)
        const done =
          does === 'open' || from === 0
            ? openTicket(db, project, { mentions: of.map(mention) }, anna)
            : does === 'merge'
              ? mergeTickets(db, project, { from, into }, anna)
              : does === 'split'
                ? splitTicket(db, project, { from, mentions: of }, anna)
                : does === 'undo'
                  ? undoMove(db, project, move?.id ?? 0, anna)
                  : does === 'close'
                    ? closeTicket(db, project, from, anna)
                    : reopenTicket(db, project, from, anna)
        await done.catch((error: unknown) => {
          if (!(error instanceof UserError || error instanceof NotFound)) throw error
        })
      }
      const wrong = await list(
        db,
        sql`
          select mention_id from ticket_mention where project_id = ${project} and live group by mention_id having count(*) > 1
          union all
          select m.mention_id from ticket_mention m join ticket t on t.id = m.ticket_id
          where m.project_id = ${project} and m.live <> (t.status <> 'closed')
          union all
          select m.mention_id from ticket_mention m
          where m.project_id = ${project} and m.live
            and exists (select from ticket_mention o where o.project_id = m.project_id and o.mention_id = m.mention_id and o.turn > m.turn)`,
      )
      expect(wrong).toEqual([])
    }),
    { numRuns: 25 },
  )
}, 120_000)
