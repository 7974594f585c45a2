import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import { putMentions } from '../../../test/written.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { NotFound } from '../../base/errors.ts'
import { list, type Postgres } from '../../base/postgres/postgres.ts'
import { listAudit } from '../../base/team/audit.ts'
import { addProject } from '../../base/team/project.ts'
import type { Who } from '../../base/team/scope.ts'
import { correctMentions } from '../../listen/mentions/correction.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { setRole } from '../../measure/authors/set-role.ts'
import { setConsent } from '../customers/consent.ts'
import { joinAccounts } from '../customers/link.ts'
import { addNote } from '../tickets/change.ts'
import { openTicket } from '../tickets/open.ts'
import { deliverOutbox } from '../tickets/outbox.ts'
import { listAsked } from './asked.ts'
import { forgetPerson } from './forget.ts'
import { getPerson } from './person.ts'

let clickhouse: Clickhouse
let postgres: Postgres
let project = 0
const who: Who = { kind: 'member', id: 'm1', name: 'Анна', email: 'a@x', locale: 'ru', isHead: true }
const actor = { id: who.id, name: who.name }
const now = new Date('2026-05-01T10:00:00Z')

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  postgres = await openTestPostgres()
  project = (await addProject(postgres.db, who, { name: 'Чай', timeZone: 'UTC' })).id
  const day = (n: number) => `2026-03-0${n} 10:00:00.000`
  const vera = { author_id: 'vk:vera', author_name: 'Вера Тайная' }
  await putMentions(clickhouse, project, [
    { id: 'vk:1', posted_at: day(1), ...vera, text: 'Где мой секретный перевод?' },
    { id: 'vk:2', posted_at: day(2), ...vera, text: 'А что с картой?' },
    { id: 'vk:3', posted_at: day(3), ...vera, text: 'Спасибо.' },
    { id: 'vk:a1', posted_at: day(1), author_id: 'vk:bank', author_verified: true, parent: 'vk:1', text: 'Уже ищем' },
    { id: 'vk:a2', posted_at: day(2), author_id: 'vk:petr', parent: 'vk:2', text: 'У меня тоже' },
    { id: 'x:1', posted_at: day(4), author_id: 'x:vera', author_name: 'Вера Тайная' },
    { id: 'ok:1', posted_at: day(5), author_id: 'ok:petr', text: 'Другой человек' },
  ])
})
afterAll(async () => {
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

const engines = () => ({ db: postgres.db, clickhouse })
const asCustomer = (authorId: string) => ({ authorId, platform: 'vk', name: 'Вера Тайная', handle: null })

async function ask(author: string) {
  const { latest, written } = await getPerson(engines(), project, author)
  return listAsked(engines(), project, latest, {
    customers: [],
    tickets: written.flatMap(({ ticket }) => ticket ?? []),
  })
}

test('questions come with what they were told: a verified answer settles one, the words of others do not', async () => {
  const { questions } = await ask('vk:vera')
  expect(questions.map(({ mention, state, answers }) => [mention.id, state, answers.map(({ id }) => id)])).toEqual([
    ['vk:2', 'open', ['vk:a2']],
    ['vk:1', 'answered', ['vk:a1']],
  ])
})

test('a question in an open ticket is at work, also without a question mark', async () => {
  const mentions = await findMentions(clickhouse, project, ['vk:3', 'ok:1'])
  await openTicket(postgres.db, project, { mentions: mentions.slice(0, 1), title: 'Вера Тайная благодарит' }, actor)
  await deliverOutbox(postgres.db, clickhouse)
  const { questions, tickets } = await ask('vk:vera')
  expect(questions[0]).toMatchObject({ mention: { id: 'vk:3' }, state: 'inWork', ticket: { id: tickets[0]?.id } })
})

test('a person is gone from both engines, with all accounts, and what the team did stays as numbers', async () => {
  const { db } = postgres
  await joinAccounts(db, project, { one: asCustomer('vk:vera'), other: asCustomer('x:vera') }, [], { who, now })
  await setRole(db, project, 'vk:vera', 'customer', { actor, now })
  await correctMentions(engines(), project, ['vk:1'], { field: 'sentiment', value: 'negative' }, { actor, now })
  const both = await openTicket(
    db,
    project,
    { mentions: await findMentions(clickhouse, project, ['vk:1', 'ok:1']), title: 'Вера Тайная и другие' },
    actor,
  )
  await sql`
    insert into expert_question (project_id, ticket_id, expert, text, lang, asked_at, asked_by, expires_at)
    values (${project}, ${both.id}, 'Пётр', 'Что ответить, если Вера Тайная спросит снова?', 'ru', ${now}, 'm', ${now})`.execute(
    db,
  )
  await addNote(db, project, both.id, 'Вера Тайная звонила', actor)
  await clickhouse.command(
    `insert into archive select * replace (now64(3) as collected_at) from mention where id = 'vk:2'`,
  )
  await clickhouse.command(
    `insert into copy (scope, id, posted_at) values (${project}, 'vk:1', now()), (${project}, 'ok:1', now())`,
  )
  await db.executeQuery(
    sql`insert into topic (project_id, name, color, query) values (${project}, 'Чай', 0, 'чай')`.compile(db),
  )
  await sql`
    insert into golden_mark (topic_id, mention_id, wanted, post)
    select id, 'vk:elsewhere', true, '{"author":{"id":"vk:vera","name":"Вера Тайная"}}' from topic`.execute(db)

  await setConsent(db, project, 'vk:vera', { purpose: 'quote', given: true, how: 'Вера Тайная сказала' }, { who, now })
  const { accounts } = await getPerson(engines(), project, 'x:vera')
  const forgotten = await forgetPerson(
    engines(),
    project,
    accounts.map(({ id }) => id),
    who,
  )
  expect(forgotten).toEqual({ mentions: 4, archived: 1, tickets: 2, elsewhere: [] })

  await expect(getPerson(engines(), project, 'vk:vera')).rejects.toBeInstanceOf(NotFound)
  for (const table of ['mention', 'archive'])
    expect(
      await clickhouse.row(`select count() as left from ${table} where author_id in ('vk:vera', 'x:vera')`),
    ).toEqual({
      left: 0,
    })
  expect(await clickhouse.rows(`select id from copy`)).toEqual([{ id: 'ok:1' }])
  expect(await findMentions(clickhouse, project, ['ok:1', 'vk:a1'])).toHaveLength(2)
  const tables = [
    'ticket',
    'note',
    'customer_consent',
    'ticket_event',
    'ticket_mention',
    'customer',
    'customer_author',
    'author_link',
  ]
  for (const table of [...tables, 'expert_question', 'author_role', 'correction', 'golden_mark', 'audit_event']) {
    const rows = await list(db, sql`select to_jsonb(t)::text as row from ${sql.table(table)} t`)
    expect(JSON.stringify(rows), table).not.toMatch(/Тайная|vk:vera|x:vera|vk:1"|vk:3"/)
  }
  expect(await list(db, sql`select title from ticket`)).toEqual([{ title: '—' }, { title: '—' }])
  expect(await list(db, sql`select mention_id from ticket_mention`)).toEqual([{ mentionId: 'ok:1' }])
  const [audited] = await listAudit(db, project, { before: null, limit: 1, installation: false })
  expect(audited).toMatchObject({
    action: 'person-forgotten',
    actor: 'Анна',
    subject: null,
    details: { mentions: 4, archived: 1, tickets: 2, elsewhere: 0 },
  })
})

test('rows that were deleted are not only hidden', async () => {
  const hidden = await clickhouse.row<{ parts: number }>(
    `select count() as parts from system.parts where active and table = 'mention' and has_lightweight_delete`,
  )
  expect(hidden).toEqual({ parts: 0 })
})
