import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { putMentions } from '../../../test/written.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { handOver } from '../../respond/integrations/hand-over.ts'
import type { Integration } from '../../respond/integrations/integration.ts'
import { addArticle, changeArticle } from '../../respond/knowledge/write.ts'
import { setStatus } from '../../respond/tickets/change.ts'
import { openTicket } from '../../respond/tickets/open.ts'
import { deliverOutbox } from '../../respond/tickets/outbox.ts'
import { createApi } from './api.ts'
import type { AuthorCard, AuthorService } from './shapes/author.ts'

let house: TestHouse
let moderator: Person & { project: number }
let at = ''
const vera = encodeURIComponent('vk:vera/ч')

beforeAll(async () => {
  house = await openTestHouse()
  moderator = await enterNewProject(house, await createApi(house), 'moderator')
  at = `/api/projects/${moderator.project}/authors`
  const author = { author_id: 'vk:vera/ч', author_name: 'Вера', author_handle: 'vera_chay' }
  await putMentions(house.clickhouse, moderator.project, [
    { id: 'vk:1', posted_at: '2026-03-02 10:00:00.000', ...author, text: 'Какой чай взять?', lang: 'ru' },
    { id: 'vk:2', posted_at: '2026-03-10 10:00:00.000', ...author, text: 'Спасибо!', lang: 'ru' },
  ])
})
afterAll(() => house[Symbol.asyncDispose]())

async function read<T>(answer: Promise<Response>): Promise<T> {
  const got = await answer
  if (got.status !== 200) throw new Error(`${got.status} ${await got.text()}`)
  return (await got.json()) as T
}

test('what was promised waits until the ticket is solved; what may help comes with its words', async () => {
  const { db } = house.postgres
  const { id: ticket } = await openTicket(
    db,
    moderator.project,
    { mentions: await findMentions(house.clickhouse, moderator.project, ['vk:1']) },
    null,
  )
  await sql`
    insert into reply (project_id, ticket_id, mention_id, platform, answers, state, text, seen_event, sent_at, sent_by)
    values (${moderator.project}, ${ticket}, 'vk:1', 'vk', '{"author":{"id":"vk:vera/ч"}}', 'sent',
      'Здравствуйте, Вера! Подберём чай и напишем вам завтра. Если пришлёте фото, проверим.', 0, now(), 'Анна')`.execute(
    db,
  )
  const tea = {
    kind: 'article',
    lang: 'ru',
    title: 'Какой чай выбрать',
    body: 'Чай по вкусу.',
    isPublic: true,
  } as const
  const article = await addArticle(db, moderator.project, { ...tea, ownerId: null, reviewOn: null }, 'Анна')
  await changeArticle(db, moderator.project, article.id, { state: 'ready' })
  const card = await read<AuthorCard>(moderator.ask(`${at}/${vera}`))
  expect(card.questions.find(({ mention }) => mention.id === 'vk:1')).toMatchObject({
    state: 'answered',
    replies: [{ by: 'Анна', text: expect.stringContaining('напишем вам завтра') }],
  })
  const service = await read<AuthorService>(moderator.ask(`${at}/${vera}/service`))
  expect(service.promises).toMatchObject([
    { ticket, words: 'Подберём чай и напишем вам завтра.', by: 'Анна', keeper: null },
  ])
  expect(service.helpful).toMatchObject([{ article: article.id, words: ['чай'], mention: 'vk:1' }])

  await sql`insert into article_use (project_id, article_id, ticket_id, lang, version) values (${moderator.project}, ${article.id}, ${ticket}, 'ru', 1)`.execute(
    db,
  )
  await setStatus(db, moderator.project, ticket, 'solved', null, { now: house.now() })
  await deliverOutbox(db, house.clickhouse)
  const later = await read<AuthorService>(moderator.ask(`${at}/${vera}/service`))
  expect([later.promises, later.helpful]).toEqual([[], []])
})

test('the newest word on consent holds and stays with how it was said; a refusal keeps the person here', async () => {
  const note = (body: object) => moderator.ask(`${at}/${vera}/consents`, { method: 'POST', body })
  expect((await note({ purpose: 'share', given: true, how: ' ' })).status).toBe(422)
  await note({ purpose: 'share', given: true, how: 'в личном сообщении' })
  const said = await read<AuthorService>(note({ purpose: 'share', given: false, how: 'по телефону' }))
  expect(said.consents.map(({ given, how }) => [given, how])).toEqual([
    [false, 'по телефону'],
    [true, 'в личном сообщении'],
  ])
  const { db } = house.postgres
  const { id: ticket } = await openTicket(
    db,
    moderator.project,
    { mentions: await findMentions(house.clickhouse, moderator.project, ['vk:2']) },
    null,
  )
  const integration = {
    id: 1,
    name: 'CRM',
    projectId: moderator.project,
    setup: { place: 'p' },
    choices: { places: [] },
  }
  const asked = handOver(db, integration as unknown as Integration, ticket, { id: 'm', name: 'Анна' })
  await expect(asked).rejects.toMatchObject({ key: 'consent-refused' })
  await handOver(db, integration as unknown as Integration, ticket, null)
})
