import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must } from '../../base/errors.ts'
import { first, type Database, type Postgres } from '../../base/postgres/postgres.ts'
import { barePost } from '../../listen/posts/post.ts'
import { changeAttributes, type Attributes } from '../tickets/attributes.ts'
import { assignTicket, setStatus } from '../tickets/change.ts'
import { addField } from '../tickets/fields.ts'
import { openTicket } from '../tickets/open.ts'
import { addQueue } from '../tickets/queues.ts'
import { statuses } from '../tickets/status.ts'
import { getTicket, priorities, type FieldValues } from '../tickets/ticket.ts'
import { hold, subjects, type Condition } from './condition.ts'
import { readPast } from './past-tickets.ts'
import { stateOf } from './state.ts'

let postgres: Postgres
let db: Database
let project = 0
let queues: number[] = []
let fields: { text: number; number: number; flag: number }
const anna = { id: 'm1', name: 'Anna' }

beforeAll(async () => {
  postgres = await openTestPostgres()
  db = postgres.db
  project = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
  await sql`insert into member (id, name, email) values ('m1', 'Anna', 'a@x'), ('m2', 'Boris', 'b@x')`.execute(db)
  await sql`insert into membership (member_id, project_id, role) values ('m1', ${project}, 'manager'), ('m2', ${project}, 'moderator')`.execute(
    db,
  )
  queues = [await addQueue(db, project, 'Карты'), await addQueue(db, project, 'Вклады')]
  const add = async (kind: 'text' | 'number' | 'flag') =>
    (await addField(db, project, { name: kind, kind, choices: [] })).id
  fields = { text: await add('text'), number: await add('number'), flag: await add('flag') }
})
afterAll(() => postgres[Symbol.asyncDispose]())

type Step =
  | { assign: string | null }
  | { status: (typeof statuses)[number] }
  | { put: (known: { queues: number[]; fields: typeof fields }) => Attributes }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ assign: fc.constantFrom('m1', 'm2', null) }),
  fc.record({ status: fc.constantFrom('open', 'pending', 'solved') }),
  fc
    .record({
      priority: fc.constantFrom(...priorities),
      queue: fc.constantFrom(0, 1, null),
      tags: fc.subarray(['a', 'b', 'c']),
      off: fc.subarray(['a', 'b', 'c']),
      text: fc.constantFrom('x', 'y', null),
      number: fc.constantFrom(1, 2.5, null),
      flag: fc.constantFrom(true, false, null),
    })
    .map(({ priority, queue, tags, off, text, number, flag }) => ({
      put: (known: { queues: number[]; fields: typeof fields }): Attributes => ({
        ...{ priority, queue: queue === null ? null : must(known.queues[queue]), addTags: tags, removeTags: off },
        fields: { [known.fields.text]: text, [known.fields.number]: number, [known.fields.flag]: flag },
      }),
    })),
)

test('a ticket is told as it was after each of its steps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const mention = {
        ...barePost({ id: `vk:${crypto.randomUUID()}`, platform: 'vk', text: 'x' }),
        postedAt: new Date(),
      }
      const { id } = await openTicket(db, project, { mentions: [mention] }, anna)
      const seen = [await look(id)]
      for (const one of steps) {
        if ('assign' in one) {
          const findMember = async (_: Database, member: string) =>
            ({ m1: anna, m2: { name: 'Boris' } })[member] ?? null
          await assignTicket(db, project, id, { member: one.assign, findMember }, anna)
        } else if ('status' in one) await setStatus(db, project, id, one.status, anna)
        else await changeAttributes(db, project, id, one.put({ queues, fields }), anna)
        seen.push(await look(id))
      }
      const past = await readPast(db, project, [id], 0)
      for (const { line, state } of seen.toReversed()) {
        const told = must(past.after(id, line))
        expect({ ...told, tags: told.tags.toSorted() }).toEqual({ ...state, tags: state.tags.toSorted() })
      }
    }),
    { numRuns: 10 },
  )
})

async function look(ticket: number) {
  const row = await first(
    db,
    sql<{ line: number }>`select max(id) as line from ticket_event where ticket_id = ${ticket}`,
  )
  return { line: must(row).line, state: stateOf(await getTicket(db, project, ticket)) }
}

const state = fc.record({
  ticket: fc.option(
    fc.record({
      status: fc.constantFrom(...statuses),
      priority: fc.constantFrom(...priorities),
      queue: fc.option(fc.integer({ min: 1, max: 3 })),
      assignee: fc.option(fc.constantFrom('m1', 'm2')),
      tags: fc.subarray(['a', 'b']),
      fields: fc.constantFrom<FieldValues>({}, { 1: 'x' }),
    }),
  ),
  customer: fc.option(fc.constantFrom('new' as const, 'returning' as const)),
  hours: fc.constantFrom('working' as const, 'outside' as const),
  alarm: fc.option(
    fc.record({
      kind: fc.constantFrom('spike.volume' as const, 'spike.negative' as const),
      topic: fc.option(fc.integer({ min: 1, max: 3 })),
    }),
  ),
})
const condition: fc.Arbitrary<Condition> = fc.record({
  about: fc.constantFrom(...subjects),
  field: fc.constant(1),
  is: fc.boolean(),
  values: fc.subarray(['none', 'open', 'high', '1', 'm1', 'a', 'x', 'returning', 'outside', 'spike.volume'], {
    minLength: 1,
  }),
})

test('a condition and its opposite never hold together, and both fail only where nothing is known', () => {
  fc.assert(
    fc.property(state, condition, (work, asked) => {
      const [one, other] = [hold([asked], work), hold([{ ...asked, is: !asked.is }], work)]
      const isUnknown =
        (work.ticket === null && ['priority', 'queue', 'assignee', 'tag', 'field'].includes(asked.about)) ||
        (work.customer === null && asked.about === 'customer') ||
        (work.alarm === null && ['alarm', 'topic'].includes(asked.about))
      expect([one && other, one || other]).toEqual([false, !isUnknown])
    }),
  )
})
