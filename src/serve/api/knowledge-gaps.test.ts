import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { createApi } from './api.ts'
import { Gaps, type Article } from './shapes/knowledge.ts'
import type { TicketDetail } from './shapes/ticket.ts'

let house: TestHouse
let writer: Person & { project: number }
let client: Person
let at: string

const texts = [
  'Как закрыть вклад досрочно?',
  'Можно ли досрочно закрыть мой вклад',
  'Хочу досрочно закрыть вклады, как это сделать?',
  'Где ближайший банкомат?',
  'Отличный банк, всем советую',
]

beforeAll(async () => {
  house = await openTestHouse()
  const api = await createApi(house)
  writer = await enterNewProject(house, api, 'copywriter')
  client = await enterProject(house, api, writer.project, 'client')
  at = `/api/projects/${writer.project}`
  const postedAt = moment(new Date(Date.now() - 3_600_000))
  await house.clickhouse.insert(
    'mention',
    texts.map((text, i) => ({
      ...{ project_id: writer.project, id: `vk:${i}`, version: 1, posted_at: postedAt, collected_at: postedAt },
      ...{ text, lang: 'ru', author_id: `vk:a${i}`, cluster: `c${i}`, stage: i === 1 ? 'support' : '' },
    })),
  )
})
afterAll(() => house[Symbol.asyncDispose]())

test('what is asked often and answered nowhere is a gap with its mentions, until an article helps in a ticket', async () => {
  const before = await gaps()
  expect(Gaps.parse(before)).toEqual(before)
  expect(before).toMatchObject({ asked: 4, helped: 0, gaps: [{ count: 3, authors: 3, nearest: null }] })
  expect(before.gaps[0]?.questions.map(({ mention }) => mention).toSorted()).toEqual(['vk:0', 'vk:1', 'vk:2'])
  expect(before.gaps[0]?.words).toEqual(expect.arrayContaining(['вклад', 'досрочно', 'закрыть']))

  const article = await make('knowledge/articles', {
    ...{ kind: 'article', lang: 'ru', title: 'Закрыть вклад', body: 'Вклад закрывают в приложении' },
  })
  await writer.ask(`${at}/knowledge/articles/${article.id}`, { method: 'PATCH', body: { state: 'ready' } })
  expect((await gaps()).gaps[0]?.nearest).toMatchObject({ articleId: article.id })

  const { ticket } = (await make('tickets', { mentions: ['vk:0', 'vk:1'] })) as unknown as TicketDetail
  await make(`knowledge/articles/${article.id}/uses`, { lang: 'ru', ticket: ticket.id })
  expect(await gaps()).toMatchObject({ asked: 4, helped: 2, gaps: [] })
})

test('a client does not see what the team has not written yet', async () => {
  expect((await client.ask(`${at}/knowledge/gaps`)).status).toBe(404)
})

async function gaps(): Promise<Gaps> {
  return (await (await writer.ask(`${at}/knowledge/gaps?days=7`)).json()) as Gaps
}

async function make(path: string, body: object): Promise<Article> {
  const answer = await writer.ask(`${at}/${path}`, { method: 'POST', body })
  expect([answer.status, path]).toEqual([200, path])
  return (await answer.json()) as Article
}
