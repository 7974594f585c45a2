import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  enterNewProject,
  enterProject,
  openTestHouse,
  personWith,
  type Person,
  type TestHouse,
} from '../../../test/house.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { list } from '../../base/postgres/postgres.ts'
import { writeExpertLetters } from '../../respond/knowledge/expert-letters.ts'
import { remindExperts } from '../../respond/knowledge/expert.ts'
import { createApi } from './api.ts'
import { AskedOfExpert, ExpertQuestion, type Article } from './shapes/knowledge.ts'
import type { TicketDetail } from './shapes/ticket.ts'

let house: TestHouse
let moderator: Person & { project: number }
let expert: Person
let client: Person
let at: string
let ticket: number

beforeAll(async () => {
  house = await openTestHouse()
  const api = await createApi(house)
  moderator = await enterNewProject(house, api, 'moderator')
  client = await enterProject(house, api, moderator.project, 'client')
  expert = personWith(house, api, '')
  at = `/api/projects/${moderator.project}`
  const postedAt = moment(new Date(Date.UTC(2026, 4, 3)))
  await house.clickhouse.insert('mention', [
    {
      project_id: moderator.project,
      id: 'vk:1',
      version: 1,
      posted_at: postedAt,
      collected_at: postedAt,
      text: 'Почему?',
    },
  ])
  const opened = await moderator.ask(`${at}/tickets`, { method: 'POST', body: { mentions: ['vk:1'] } })
  ticket = ((await opened.json()) as TicketDetail).ticket.id
})
afterAll(() => house[Symbol.asyncDispose]())

test('an expert without an account answers once; it is a note of the ticket and a draft', async () => {
  const question = await ask({ email: 'expert@bank.test' })
  expect(ExpertQuestion.parse(question)).toEqual(question)
  const link = linkOf(question)
  const asked = await expert.ask('/api/public/expert-question', { method: 'POST', body: { link } })
  expect(AskedOfExpert.parse(await asked.json())).toMatchObject({ expert: 'Глеб', text: 'Какая ставка?\nСрочно' })

  const both = await Promise.all(['От 9 %', 'От 10 %'].map((text) => answer(link, text)))
  expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([204, 410])
  const detail = (await (await moderator.ask(`${at}/tickets/${ticket}`)).json()) as TicketDetail
  const notes = detail.history.filter(({ kind }) => kind === 'note-added')
  expect(notes).toMatchObject([{ actor: 'Глеб', note: expect.stringMatching(/^От (9|10) %$/) }])
  const [kept] = await questions()
  expect(kept).toMatchObject({ state: 'answered', link: null, remindAt: null })
  const draft = (await (await moderator.ask(`${at}/knowledge/articles/${kept?.articleId}`)).json()) as Article
  expect(draft).toMatchObject({
    state: 'draft',
    isPublic: false,
    texts: [{ title: 'Какая ставка?', body: notes[0]?.note }],
  })
})

test('a link that was changed opens nothing, and one that has ended says so', async () => {
  const question = await ask({})
  const link = linkOf(question)
  const other = link.replace(/^\d+/, String(question.id + 1))
  for (const wrong of [other, `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`, 'x', '1-', `${link}\n`])
    expect([(await answer(wrong, 'x')).status, wrong]).toEqual([404, wrong])
  const removed = await moderator.ask(`${at}/knowledge/expert-questions/${question.id}`, { method: 'DELETE' })
  expect(removed.status).toBe(204)
  const refused = await answer(link, 'x')
  expect([refused.status, await refused.json()]).toMatchObject([410, { key: 'expert-question-over' }])
})

test('reminders come when they are due, three at most, and a letter only where there is an address', async () => {
  await sql`update expert_question set remind_at = null`.execute(house.postgres.db)
  const { id } = await ask({ email: 'a@bank.test' })
  const silent = await ask({})
  const day = (n: number) => new Date(Date.now() + n * 86_400_000 + 60_000)
  const due: number[] = []
  for (const n of [0, 1, 1, 2, 3, 4, 5]) due.push(await remindExperts(house.postgres.db, day(n)))
  expect(due).toEqual([0, 2, 0, 2, 2, 0, 0])
  expect(await letters(id)).toEqual(['question', 'reminder', 'reminder', 'reminder'])
  expect(await letters(silent.id)).toEqual([])
})

test('letters to experts have the link, quote what was asked, and go to nobody whose question is over', async () => {
  const { db } = house.postgres
  await sql`update expert_question set remind_at = null`.execute(db)
  const asked = await ask({ email: 'b@bank.test' })
  const gone = await ask({ email: 'c@bank.test' })
  await moderator.ask(`${at}/knowledge/expert-questions/${gone.id}`, { method: 'DELETE' })
  const desk = { db, secrets: house.secrets, publicUrl: house.config.publicUrl, now: new Date() }
  await Promise.all([writeExpertLetters(desk), writeExpertLetters(desk)])
  const { rows } = await house.postgres.pool.query<{ recipient: string; subject: string; text: string }>(
    "select recipient, subject, text from letter where recipient in ('b@bank.test', 'c@bank.test')",
  )
  expect(rows).toMatchObject([{ recipient: 'b@bank.test', subject: 'Вопрос: Какая ставка?' }])
  expect(rows[0]?.text).toContain(asked.link)
  expect(rows[0]?.text).toContain('> Какая ставка?\n> Срочно')
})

test('whoever tries many links is asked to wait, and is told how long', async () => {
  const tries = await Promise.all(
    Array.from({ length: 40 }, () => answer('1-x', 'x', { 'x-forwarded-for': '203.0.113.9' })),
  )
  const late = tries.find(({ status }) => status === 429)
  expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await late?.json()).toMatchObject({ key: 'public-too-often' })
})

test('a client asks nobody in the name of the team', async () => {
  const body = { ticket, expert: 'Глеб', text: 'x', lang: 'ru' }
  expect((await client.ask(`${at}/knowledge/expert-questions`, { method: 'POST', body })).status).toBe(404)
  expect((await client.ask(`${at}/knowledge/expert-questions`)).status).toBe(404)
})

async function ask(more: { email?: string }): Promise<ExpertQuestion> {
  const body = { ticket, expert: 'Глеб', text: 'Какая ставка?\nСрочно', lang: 'ru', ...more }
  const asked = await moderator.ask(`${at}/knowledge/expert-questions`, { method: 'POST', body })
  expect(asked.status).toBe(200)
  return (await asked.json()) as ExpertQuestion
}

async function questions(): Promise<ExpertQuestion[]> {
  const answer = await moderator.ask(`${at}/knowledge/expert-questions?ticket=${ticket}`)
  return ((await answer.json()) as { items: ExpertQuestion[] }).items
}

function answer(link: string, text: string, headers = {}) {
  return expert.ask('/api/public/expert-answer', { method: 'POST', body: { link, text }, headers })
}

function linkOf({ link }: ExpertQuestion): string {
  return link?.split('/ask/')[1] ?? ''
}

async function letters(question: number): Promise<string[]> {
  const rows = await list(
    house.postgres.db,
    sql<{ kind: string }>`select kind from expert_letter where question_id = ${question} order by id`,
  )
  return rows.map(({ kind }) => kind)
}
