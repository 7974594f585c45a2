import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { list } from '../../base/postgres/postgres.ts'
import { addProject } from '../../base/team/project.ts'
import type { Who } from '../../base/team/scope.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { removePosts } from '../../listen/mentions/removal.ts'
import { addArticle } from '../knowledge/write.ts'
import { useArticle } from '../knowledge/use.ts'
import { forgetPerson } from '../people/forget.ts'
import { closeTicket, noteAnswer, setStatus } from '../tickets/change.ts'
import { listHistory } from '../tickets/history.ts'
import { openTicket } from '../tickets/open.ts'
import { getTicket, listMentionIds } from '../tickets/ticket.ts'
import { scoreArticles } from './article-scores.ts'
import { followDesk } from './follow.ts'
import { followAll } from './keep-following.ts'
import { markOutcome } from './mark.ts'
import { findOutcome, listEvidence } from './outcome.ts'
import { answerOutcome } from './question.ts'

let house: TestHouse
let project: number
let other: number
const head: Who = { kind: 'member', id: 'h', name: 'Head', email: 'h@heed.test', locale: 'en', isHead: true }
const anna = { id: 'anna', name: 'Anna' }
const hour = 3_600_000
const day = 24 * hour
const begin = Date.UTC(2026, 4, 11, 9)
let people = 0

beforeAll(async () => {
  house = await openTestHouse()
  const { db } = house.postgres
  project = (await addProject(db, head, { name: 'Bank', timeZone: 'UTC' })).id
  other = (await addProject(db, head, { name: 'Shop', timeZone: 'UTC' })).id
})
afterAll(() => house[Symbol.asyncDispose]())

test('who thanks in the thread is satisfied, and the solved ticket stays solved', async () => {
  const { ticket, author, mention } = await answeredTicket({ solved: true })
  const thanks = await writes(author, 'Спасибо, всё пришло!', 3 * hour, { parent: mention })
  await follow(4 * hour)
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'satisfied', saidBy: 'observed' })
  expect(await evidenceOf(ticket)).toMatchObject([{ kind: 'thanks', mentionId: thanks }])
  expect((await getTicket(house.postgres.db, project, ticket)).status).toBe('solved')
  expect(await listMentionIds(house.postgres.db, project, ticket)).toEqual([mention, thanks])
})

test('who goes on in the thread opens a solved ticket again, once, and is not satisfied until we answered', async () => {
  const { ticket, author, mention } = await answeredTicket({ solved: true })
  const angry = await writes(author, 'Опять не работает', 3 * hour, { root: mention })
  await follow(4 * hour)
  await follow(4 * hour + 60_000)
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'unsatisfied' })
  expect((await getTicket(house.postgres.db, project, ticket)).status).toBe('open')
  expect(await listMentionIds(house.postgres.db, project, ticket)).toEqual([mention, angry])
  expect(await evidenceOf(ticket)).toHaveLength(1)
  const kinds = (await listHistory(house.postgres.db, project, ticket)).filter(({ actor }) => actor === null)
  expect(kinds.map(({ kind }) => kind)).toEqual(['mention-added', 'status-changed', 'outcome-changed'])

  await noteAnswer(house.postgres.db, project, ticket, anna, at(5 * hour))
  await follow(6 * hour)
  expect(await outcomeOf(ticket)).toMatchObject({ result: null })
  await follow(5 * hour + 7 * day)
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'silent', saidBy: 'observed' })
})

test('silence is unknown until the time is over', async () => {
  const { ticket } = await answeredTicket({ solved: true })
  await follow(6 * day)
  expect(await outcomeOf(ticket)).toMatchObject({ result: null, saidBy: null })
  await follow(2 * hour + 7 * day)
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'silent' })
})

test('what was written before the answer, by others, elsewhere or too late is not heard', async () => {
  const { ticket, mention, author } = await answeredTicket({})
  await writes(author, 'Спасибо', 0.5 * hour, { parent: mention })
  await writes('somebody-else', 'Спасибо', 3 * hour, { parent: mention })
  await writes(author, 'Спасибо', 3 * hour, { parent: mention, in: other })
  await writes(author, 'Спасибо', 9 * day, { parent: mention })
  await follow(4 * hour)
  expect(await evidenceOf(ticket)).toEqual([])
})

test('kind words anywhere on the project tell, and do not join the ticket', async () => {
  const { ticket, author, mention } = await answeredTicket({})
  await writes(author, 'Хороший банк', 3 * hour, { sentiment: 'positive' })
  await follow(4 * hour)
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'satisfied' })
  expect(await listMentionIds(house.postgres.db, project, ticket)).toEqual([mention])
})

test('of two answered tickets, what stands in the thread of one speaks for that one', async () => {
  const first = await answeredTicket({})
  const second = await answeredTicket({ author: first.author, after: hour })
  await writes(first.author, 'Спасибо!', 5 * hour, { parent: first.mention })
  await follow(6 * hour)
  expect(await outcomeOf(first.ticket)).toMatchObject({ result: 'satisfied' })
  expect(await outcomeOf(second.ticket)).toMatchObject({ result: null })
})

test('a complaint that its author deletes is made up for; another deletion says nothing', async () => {
  const complaint = await answeredTicket({ sentiment: 'negative' })
  const question = await answeredTicket({ sentiment: 'neutral' })
  await follow(2.5 * hour)
  const gone = [complaint.mention, question.mention]
  await removePosts(
    { db: house.postgres.db, clickhouse: house.clickhouse },
    { project, platform: 'vk', ids: gone, authors: [], at: at(3 * hour) },
  )
  await follow(4 * hour)
  await follow(5 * hour)
  expect(await outcomeOf(complaint.ticket)).toMatchObject({ result: 'satisfied' })
  expect(await outcomeOf(question.ticket)).toMatchObject({ result: 'undecided' })
  expect(await evidenceOf(complaint.ticket)).toMatchObject([{ kind: 'deleted' }])
})

test('a rating that is raised to four stars, or lowered, is seen with both numbers; so are changed words', async () => {
  const up = await answeredTicket({ rating: 1 })
  const little = await answeredTicket({ rating: 1 })
  const down = await answeredTicket({ rating: 4 })
  const edited = await answeredTicket({ sentiment: 'negative' })
  await follow(2.5 * hour)
  const change = (id: string, set: string) =>
    house.clickhouse.command(`update mention set ${set} where project_id = ${project} and id = '${id}'`)
  await change(up.mention, 'rating = 5')
  await change(little.mention, 'rating = 2')
  await change(down.mention, 'rating = 1')
  await change(edited.mention, "text = 'UPD: решили, молодцы', sentiment = 'positive'")
  await follow(4 * hour)
  expect(await evidenceOf(up.ticket)).toMatchObject([{ kind: 'rating-up', details: { from: 1, to: 5 } }])
  expect(await outcomeOf(up.ticket)).toMatchObject({ result: 'satisfied' })
  expect(await outcomeOf(little.ticket)).toMatchObject({ result: 'undecided' })
  expect(await outcomeOf(down.ticket)).toMatchObject({ result: 'unsatisfied' })
  expect(await evidenceOf(edited.ticket)).toMatchObject([{ kind: 'edited', verdict: 'satisfied' }])
  await follow(5 * hour)
  expect(await evidenceOf(up.ticket)).toHaveLength(1)
})

test('the customer’s own answer holds, a later one above it, and “not solved” opens the ticket again', async () => {
  const { db } = house.postgres
  const { ticket } = await answeredTicket({ solved: true })
  await follow(2.5 * hour)
  expect(await answerOutcome(db, ticket, { verdict: 'satisfied', words: null }, at(3 * hour))).toMatchObject({
    answer: 'satisfied',
  })
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'satisfied', saidBy: 'author' })
  await answerOutcome(db, ticket, { verdict: 'unsatisfied', words: 'Деньги не вернули' }, at(4 * hour))
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'unsatisfied', saidBy: 'author' })
  expect((await getTicket(db, project, ticket)).status).toBe('open')
  expect(await answerOutcome(db, ticket, { verdict: 'satisfied', words: null }, at(40 * day))).toBeNull()
})

test('a person’s mark wins over what was observed, and taken back it leaves what was', async () => {
  const { db } = house.postgres
  const { ticket, author, mention } = await answeredTicket({})
  await writes(author, 'Спасибо', 3 * hour, { parent: mention })
  await follow(4 * hour)
  await markOutcome(db, project, ticket, { verdict: 'unsatisfied', words: 'звонил, недоволен' }, anna, at(5 * hour))
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'unsatisfied', saidBy: 'member' })
  await writes(author, 'Ещё раз спасибо', 6 * hour, { parent: mention })
  await follow(7 * hour)
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'unsatisfied', saidBy: 'member' })
  await markOutcome(db, project, ticket, { verdict: null }, anna, at(8 * hour))
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'satisfied', saidBy: 'observed' })
})

test('a closed ticket is put away: its author is heard, and it stays closed', async () => {
  const { db } = house.postgres
  const { ticket, author, mention } = await answeredTicket({ solved: true })
  await closeTicket(db, project, ticket, anna, at(2.2 * hour))
  await writes(author, 'Опять не работает', 3 * hour, { parent: mention })
  await follow(4 * hour)
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'unsatisfied' })
  expect((await getTicket(db, project, ticket)).status).toBe('closed')
})

test('texts are scored by the tickets in which they went into a reply', async () => {
  const { db } = house.postgres
  const used = await addArticle(
    db,
    project,
    { kind: 'canned', lang: 'ru', title: 'Возврат', body: 'Вернём', isPublic: false, ownerId: null, reviewOn: null },
    'Anna',
  )
  const tickets = [
    await answeredTicket({}),
    await answeredTicket({}),
    await answeredTicket({}),
    await answeredTicket({}),
  ]
  for (const { ticket } of tickets)
    await useArticle(db, { id: project, name: 'Bank' }, used.id, { lang: 'ru', ticket, handle: null, by: 'Anna' })
  // The last one took the text, and nothing was sent.
  for (const { ticket, mention } of tickets.slice(0, 3))
    await sql`
      insert into reply (project_id, ticket_id, mention_id, platform, answers, state, seen_event, sent_at)
      values (${project}, ${ticket}, ${mention}, 'vk', '{}', 'sent', 0, now() + interval '1 second')`.execute(db)
  await follow(2.5 * hour)
  const verdicts = ['satisfied', 'unsatisfied', null, 'satisfied'] as const
  for (const [index, { ticket }] of tickets.entries())
    await markOutcome(db, project, ticket, { verdict: verdicts[index] ?? null }, anna, at(3 * hour))
  const [score] = await scoreArticles(db, project)
  expect(score).toMatchObject({ articleId: used.id, tickets: 3, satisfied: 1, unsatisfied: 1 })
  expect(score?.share?.estimate).toBe(0.5)
  expect(await scoreArticles(db, other)).toEqual([])
})

test('whoever is forgotten leaves no words and no mention in the evidence; how it ended stays counted', async () => {
  const { db } = house.postgres
  const { ticket, author, mention } = await answeredTicket({})
  await writes(author, 'Спасибо!', 3 * hour, { parent: mention })
  await follow(4 * hour)
  await answerOutcome(db, ticket, { verdict: 'satisfied', words: 'мой телефон 123' }, at(5 * hour))
  await forgetPerson({ db, clickhouse: house.clickhouse }, project, [author], head)
  const left = await list(
    db,
    sql<{ row: string }>`
      select to_jsonb(e)::text as row from outcome_evidence e where ticket_id = ${ticket}
      union all select to_jsonb(o)::text from ticket_outcome o where ticket_id = ${ticket}`,
  )
  const all = left.map(({ row }) => row).join('\n')
  expect(all).not.toContain('телефон')
  expect(all).not.toContain(mention)
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'satisfied' })
})

test('following twice at once, or again after being cut off, notes nothing twice', async () => {
  const { ticket, author, mention } = await answeredTicket({ solved: true })
  await writes(author, 'Опять не работает', 3 * hour, { parent: mention })
  await Promise.all([follow(4 * hour), follow(4 * hour)])
  await sql`update desk_followed set event_id = 0, looked_at = null where project_id = ${project}`.execute(
    house.postgres.db,
  )
  await follow(4.5 * hour)
  expect(await evidenceOf(ticket)).toHaveLength(1)
  expect(await outcomeOf(ticket)).toMatchObject({ result: 'unsatisfied' })
})

function at(ms: number): Date {
  return new Date(begin + ms)
}

/** An hour after the mention somebody answers, at two hours it may be solved. */
async function answeredTicket({
  solved = false,
  author = `vk:author-${++people}`,
  after = 0,
  ...columns
}: {
  solved?: boolean
  author?: string
  after?: number
  sentiment?: string
  rating?: number
}): Promise<{ ticket: number; author: string; mention: string }> {
  const { db } = house.postgres
  const mention = await writes(author, 'Где мои деньги', after, columns)
  const mentions = await findMentions(house.clickhouse, project, [mention])
  const { id } = await openTicket(db, project, { mentions }, anna, at(after + 0.5 * hour))
  await noteAnswer(db, project, id, anna, at(after + hour))
  if (solved) await setStatus(db, project, id, 'solved', anna, { now: at(after + 2 * hour) })
  await followDesk(db, project, at(after + 2 * hour))
  return { ticket: id, author, mention }
}

let written = 0
async function writes(
  author: string,
  text: string,
  ms: number,
  {
    in: where = project,
    ...columns
  }: { in?: number; parent?: string; root?: string; sentiment?: string; rating?: number } = {},
): Promise<string> {
  const id = `vk:${++written}`
  await house.clickhouse.insert('mention', [
    {
      ...{ project_id: where, id, version: 1, platform: 'vk', author_id: author, text },
      ...{ posted_at: moment(at(ms)), collected_at: moment(at(ms)) },
      ...columns,
    },
  ])
  return id
}

async function follow(ms: number): Promise<void> {
  await followAll({ ...house, db: house.postgres.db, now: () => at(ms) })
}

function outcomeOf(ticket: number) {
  return findOutcome(house.postgres.db, project, ticket)
}

function evidenceOf(ticket: number) {
  return listEvidence(house.postgres.db, project, ticket)
}
