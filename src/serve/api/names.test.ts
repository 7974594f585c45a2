import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { customerBehind } from '../../respond/customers/customer.ts'
import { joinAccounts } from '../../respond/customers/link.ts'
import { addArticle, changeArticle } from '../../respond/knowledge/write.ts'
import { createApi } from './api.ts'
import type { Named } from './shapes/project.ts'

let house: TestHouse
let moderator: Person & { project: number }
let client: Person
let stranger: Person & { project: number }

const account = (authorId: string, name: string | null, handle: string | null = null) => ({
  ...{ platform: authorId.split(':')[0]!, authorId, name, handle },
})

beforeAll(async () => {
  house = await openTestHouse()
  const api = await createApi(house)
  const { db } = house.postgres
  moderator = await enterNewProject(house, api, 'moderator')
  client = await enterProject(house, api, moderator.project, 'client')
  stranger = await enterNewProject(house, api, 'moderator')
  const { project } = moderator
  await customerBehind(db, project, account('vk:1', 'Алёна Брагина', 'elena_uralmash'))
  await customerBehind(db, project, account('ok:2', 'Брагинский Олег'))
  await customerBehind(db, project, account('mastodon:3', 'Grace O’Brien', 'grace@social.example'))
  await customerBehind(db, stranger.project, account('vk:9', 'Алёна Чужая'))
  const blank = { body: 'Текст', isPublic: false, ownerId: null, reviewOn: null }
  const refund = await addArticle(
    db,
    project,
    { ...blank, kind: 'article', lang: 'ru', title: 'Возврат денег за ошибочный платёж' },
    'Анна',
  )
  await addArticle(db, project, { ...blank, kind: 'canned', lang: 'en', title: 'Opening a savings account' }, 'Anna')
  const old = await addArticle(db, project, { ...blank, kind: 'article', lang: 'ru', title: 'Возврат карты' }, 'Анна')
  await changeArticle(db, project, old.id, { state: 'archived' })
  await changeArticle(db, project, refund.id, { state: 'ready' })
})
afterAll(() => house[Symbol.asyncDispose]())

async function named(q: string, person: Person = moderator, project = moderator.project): Promise<Named> {
  const answer = await person.ask(`/api/projects/${project}/names?q=${encodeURIComponent(q)}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Named
}
const customers = async (q: string) => (await named(q)).customers.map(({ authorId }) => authorId)
const titles = async (q: string, person = moderator as Person) =>
  (await named(q, person)).articles.map(({ title }) => title)

test('a customer is found while their name or handle is typed, in any case, with е for ё and in any order', async () => {
  expect(await customers('брагин')).toEqual(['ok:2', 'vk:1'])
  expect(await customers('АЛЕНА')).toEqual(['vk:1'])
  expect(await customers('браг алё')).toEqual(['vk:1'])
  expect(await customers('@uralm')).toEqual(['vk:1'])
  expect(await customers('o’bri')).toEqual(['mastodon:3'])
  expect(await customers('grace@soc')).toEqual(['mastodon:3'])
  expect(await customers('рагина')).toEqual([])
  expect(await customers("'); drop | !")).toEqual([])
})

test('accounts that people joined are one customer', async () => {
  const { db } = house.postgres
  const [one, other] = [account('vk:1', 'Алёна Брагина', 'elena_uralmash'), account('ok:2', 'Брагинский Олег')]
  const who = { kind: 'key', id: 1, name: 'Анна', projectId: moderator.project, role: 'manager' } as const
  await joinAccounts(db, moderator.project, { one, other }, [], { who, now: house.now() })
  expect(await customers('браг')).toHaveLength(1)
})

test('an article is found by its title, half a word and other forms of it too, but not an archived one', async () => {
  expect(await titles('возвр')).toEqual(['Возврат денег за ошибочный платёж'])
  expect(await titles('возвраты платежей')).toEqual(['Возврат денег за ошибочный платёж'])
  expect(await titles('sav acc')).toEqual(['Opening a savings account'])
  expect(await titles('текст')).toEqual([])
})

test('nothing of another project, and to a client only articles that everybody may read', async () => {
  expect(await named('алёна', stranger, stranger.project)).toMatchObject({ customers: [{ authorId: 'vk:9' }] })
  expect((await stranger.ask(`/api/projects/${moderator.project}/names?q=алёна`)).status).toBe(404)
  expect(await titles('возврат', client)).toEqual([])
})
