import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { first, list, type Postgres } from '../../base/postgres/postgres.ts'
import { createSecrets } from '../../base/secrets/secrets.ts'
import { addProject } from '../../base/team/project.ts'
import type { Who } from '../../base/team/scope.ts'
import { KnowledgeIndex } from '../knowledge/project-index.ts'
import { suggest } from '../knowledge/suggest.ts'
import { forgetVisitors } from './forget.ts'
import { judge } from './judge.ts'
import { admitVisitor, networkOf } from './limits.ts'
import { mergeTopic, publishPost, rejectPost, setTopicStatus } from './moderate.ts'
import { saveHelpPage } from './page.ts'
import { findTopic, listBeneath, listTopics, type HelpPost } from './post.ts'
import { topicShelf } from './shelf.ts'
import { submitPost } from './submit.ts'
import { confirmSubscription, endSubscription, findSubscription, subscribe } from './subscribe.ts'
import { addVisitor, cookieOf, findVisitor, type Visitor } from './visitor.ts'
import { takeVoteBack, vote } from './vote.ts'

let postgres: Postgres
let project = 0
const who: Who = { kind: 'member', id: 'm1', name: 'Анна', email: 'a@x', locale: 'ru', isHead: true }
const now = new Date('2026-05-01T10:00:00Z')
const secrets = createSecrets(new Uint8Array(32).fill(7))
const nothing = { lang: 'ru', heldFor: [] }
const everything = { kind: null, status: null, order: 'top' } as const

beforeAll(async () => {
  postgres = await openTestPostgres()
  project = (await addProject(postgres.db, who, { name: 'Чай', timeZone: 'UTC' })).id
  await saveHelpPage(postgres.db, project, {
    ...{ slug: 'tea', isOn: true, isListed: false, lang: 'ru', title: 'Помощь', intro: '', moderation: 'first' },
  })
})
afterAll(() => postgres[Symbol.asyncDispose]())

const db = () => postgres.db
const desk = () => ({ db: db(), secrets, publicUrl: 'https://heed.test' })
const visitor = () => addVisitor(db(), project, now)
let count = 0

async function ask(by: Visitor, title = `Вопрос ${++count}`, text = 'Где мой заказ?'): Promise<HelpPost> {
  return submitPost(db(), project, { topic: null, kind: 'question', name: null, title, text }, by, nothing, now)
}

async function letters(): Promise<{ recipient: string; subject: string; text: string; headers: object }[]> {
  return list(db(), sql`select recipient, subject, text, headers from letter order by id`)
}

test('whatever visitors do and take back, the count of voices is that of the visitors', async () => {
  const people = [await visitor(), await visitor(), await visitor()]
  const [one, other] = [await ask(people[0]!), await ask(people[1]!)]
  const step = fc.record({ who: fc.nat(2), topic: fc.boolean(), back: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await sql`delete from help_vote`.execute(db())
      await sql`update help_post set votes = 0`.execute(db())
      const voices = new Set<string>()
      for (const { who: at, topic, back } of steps) {
        const id = topic ? one.id : other.id
        if (back) await takeVoteBack(db(), id, people[at]!.id)
        else await vote(db(), id, people[at]!.id, now)
        voices[back ? 'delete' : 'add'](`${id} ${at}`)
      }
      for (const { id } of [one, other])
        expect((await findTopic(db(), project, id))?.votes).toBe(
          [...voices].filter((voice) => voice.startsWith(`${id} `)).length,
        )
    }),
    { numRuns: 25 },
  )
})

test('two voices of one visitor at once are one', async () => {
  const [anna, topic] = [await visitor(), await ask(await visitor())]
  await Promise.all([1, 2, 3].map(() => vote(db(), topic.id, anna.id, now)))
  expect((await findTopic(db(), project, topic.id))?.votes).toBe(1)
})

test('a merged topic gives its voices, subscribers and comments away, and its author speaks there once', async () => {
  const [anna, boris, vera] = [await visitor(), await visitor(), await visitor()]
  const [topic, into] = [await ask(anna), await ask(boris)]
  await vote(db(), topic.id, vera.id, now)
  await vote(db(), into.id, vera.id, now)
  await subscribe(desk(), topic, vera, 'vera@x.test', now)
  const { id } = (await first(db(), sql<{ id: number }>`select max(id) as id from help_subscription`))!
  await confirmSubscription(db(), (await findSubscription(db(), project, id))!, null, now)
  const said = { topic: topic.id, kind: 'comment', name: null, title: null, text: 'И у меня' } as const
  await submitPost(db(), project, said, vera, nothing, now)

  await mergeTopic(desk(), project, topic.id, into.id, 'Анна', now)
  expect((await findTopic(db(), project, into.id))?.votes).toBe(2)
  expect((await findTopic(db(), project, topic.id))?.mergedInto).toBe(into.id)
  expect((await listBeneath(db(), into.id, null)).map(({ text }) => text)).toEqual(['И у меня'])
  await vote(db(), topic.id, boris.id, now)
  expect((await findTopic(db(), project, into.id))?.votes).toBe(3)
  expect(
    (await listTopics(db(), project, everything, { from: 0, limit: 100 })).topics.map((one) => one.id),
  ).not.toContain(topic.id)
  // Told of the merge, and from then on of what becomes of the other.
  await setTopicStatus(desk(), project, into.id, 'solved', now)
  await setTopicStatus(desk(), project, into.id, 'solved', now)
  const sent = (await letters()).filter(({ recipient }) => recipient === 'vera@x.test').map(({ subject }) => subject)
  expect(sent).toEqual([
    'Подтвердите адрес: Помощь',
    `Об этом уже спрашивали: ${topic.title}`,
    `Новости: ${into.title}`,
  ])
  await expect(mergeTopic(desk(), project, into.id, topic.id, 'Анна', now)).rejects.toMatchObject({ field: 'into' })
})

test('nothing but the question whether they want letters goes to an address that nobody confirmed', async () => {
  const [anna, topic] = [await visitor(), await ask(await visitor())]
  expect(await subscribe(desk(), topic, anna, 'nobody@x.test', now)).toBe('asked')
  expect(await subscribe(desk(), topic, anna, 'nobody@x.test', now)).toBe('asked')
  await setTopicStatus(desk(), project, topic.id, 'planned', now)
  const sent = (await letters()).filter(({ recipient }) => recipient === 'nobody@x.test')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.text).not.toContain(topic.title)
})

test('a subscription ends with one press, and a second one changes nothing', async () => {
  const [anna, topic] = [await visitor(), await ask(await visitor())]
  await subscribe(desk(), topic, anna, 'anna@x.test', now)
  const { id } = (await first(db(), sql<{ id: number }>`select max(id) as id from help_subscription`))!
  const confirmed = await confirmSubscription(db(), (await findSubscription(db(), project, id))!, anna, now)
  expect(confirmed).toMatchObject({ id: anna.id, email: 'anna@x.test' })
  // The address is theirs now, so the next topic needs no letter.
  expect(await subscribe(desk(), await ask(anna), confirmed!, 'anna@x.test', now)).toBe('subscribed')
  await endSubscription(db(), id)
  await endSubscription(db(), id)
  await setTopicStatus(desk(), project, topic.id, 'planned', now)
  expect((await letters()).filter(({ recipient }) => recipient === 'anna@x.test')).toHaveLength(1)
})

test('two browsers with one confirmed address are one voice', async () => {
  const [phone, desktop, topic] = [await visitor(), await visitor(), await ask(await visitor())]
  for (const browser of [phone, desktop]) {
    await vote(db(), topic.id, browser.id, now)
    await subscribe(desk(), await ask(browser), browser, 'one@x.test', now)
    const { id } = (await first(db(), sql<{ id: number }>`select max(id) as id from help_subscription`))!
    await confirmSubscription(db(), (await findSubscription(db(), project, id))!, browser, now)
  }
  expect((await findTopic(db(), project, topic.id))?.votes).toBe(1)
  expect((await findVisitor(db(), secrets, project, cookieOf(secrets, desktop)))?.id).toBe(phone.id)
})

test('whoever confirms in another browser confirms the letters only: nobody becomes somebody else by a link', async () => {
  const [stranger, owner] = [await visitor(), await visitor()]
  await subscribe(desk(), await ask(stranger), stranger, 'owner@x.test', now)
  const { id } = (await first(db(), sql<{ id: number }>`select max(id) as id from help_subscription`))!
  expect(await confirmSubscription(db(), (await findSubscription(db(), project, id))!, owner, now)).toEqual(owner)
  expect((await findVisitor(db(), secrets, project, cookieOf(secrets, stranger)))?.email).toBeNull()
})

test('a cookie that nobody signed, or of another page, names nobody', async () => {
  const anna = await visitor()
  const cookie = cookieOf(secrets, anna)
  expect(await findVisitor(db(), secrets, project, cookie)).toMatchObject({ id: anna.id })
  for (const forged of [`${anna.id + 1}${cookie.slice(cookie.indexOf('-'))}`, `${cookie}x`, '', undefined, '1-'])
    expect(await findVisitor(db(), secrets, project, forged)).toBeNull()
  expect(await findVisitor(db(), secrets, project + 1, cookie)).toBeNull()
})

test('the same sent twice is one post, and moderation goes both ways', async () => {
  const anna = await visitor()
  const [one, same] = await Promise.all([ask(anna, 'Дважды'), ask(anna, 'Дважды')])
  expect(same?.id).toBe(one?.id)
  expect(await rejectPost(db(), project, one!.id, 'Не о нас', 'Анна', now)).toMatchObject({ state: 'rejected' })
  expect(await publishPost(db(), project, one!.id, 'Анна', now)).toMatchObject({ state: 'public', reason: null })
  expect((await findVisitor(db(), secrets, project, cookieOf(secrets, anna)))?.approved).toBe(1)
})

test('search finds what is public, and nothing that was taken off or merged', async () => {
  const index = new KnowledgeIndex(db(), topicShelf)
  const find = async () =>
    (await suggest(db(), index, project, { text: 'потерялся самовар', lang: 'ru', limit: 3, publicOnly: true })).map(
      ({ articleId }) => articleId,
    )
  const anna = await visitor()
  const topic = await ask(anna, 'Потерялся самовар', 'Курьер привёз пустую коробку вместо самовара')
  expect(await find()).toEqual([topic.id])
  await rejectPost(db(), project, topic.id, 'x', 'Анна', now)
  expect(await find()).toEqual([])
  await publishPost(db(), project, topic.id, 'Анна', now)
  expect(await find()).toEqual([topic.id])
  await mergeTopic(desk(), project, topic.id, (await ask(anna)).id, 'Анна', now)
  expect(await find()).toEqual([])
})

test('a person is forgotten with what they wrote, their voices and their address', async () => {
  const [gone, stays] = [await visitor(), await visitor()]
  const topic = await ask(gone, 'Тайная история', 'Тайна Веры')
  const other = await ask(stays)
  await vote(db(), other.id, gone.id, now)
  await subscribe(desk(), other, gone, 'gone@x.test', now)
  const said = { topic: other.id, kind: 'comment', name: 'Вера Тайная', title: null, text: 'Тайна' } as const
  await submitPost(db(), project, said, gone, nothing, now)
  const index = new KnowledgeIndex(db(), topicShelf)
  await index.of(project)
  await forgetVisitors(db(), project, [`help:visitor-${gone.id}`])
  for (const table of ['help_post', 'help_visitor', 'help_subscription', 'help_vote']) {
    const rows = await list(db(), sql`select to_jsonb(t)::text as row from ${sql.table(table)} t`)
    expect(JSON.stringify(rows), table).not.toMatch(/Тайн|gone@x/)
  }
  expect((await findTopic(db(), project, other.id))?.votes).toBe(0)
  expect(await findTopic(db(), project, topic.id)).toMatchObject({ state: 'rejected', text: '', visitorId: null })
  expect([...(await index.of(project)).entries.values()].map(({ articleId }) => articleId)).not.toContain(topic.id)
})

test('what looks bad waits, and what a program wrote is told', () => {
  const calm = { moderation: 'none', approved: 3, tookMs: 60_000, trapped: false } as const
  const why = (text: string, from: Partial<Parameters<typeof judge>[1]> = {}) =>
    judge({ title: null, text }, { ...calm, ...from }).heldFor
  expect(why('Подскажите, когда откроется офис на Мира?')).toEqual([])
  expect(why('Подскажите, когда откроется офис?', { moderation: 'first', approved: 0 })).toEqual(['first'])
  expect(why('Подскажите, когда откроется офис?', { moderation: 'first', approved: 1 })).toEqual([])
  expect(why('Подскажите, когда откроется офис?', { moderation: 'all' })).toEqual(['all'])
  expect(why('Когда откроется офис?', { tookMs: 900 })).toEqual(['fast'])
  expect(why('Когда откроется офис?', { trapped: true })).toEqual(['trap'])
  expect(why('http://a.test http://b.test www.c.test смотрите сами')).toContain('links')
  expect(why('Вы тупые уроды, чтоб вы сдохли, твари')).toContain('toxic')
})

test('limits count in the database, one network apart from the other, and begin anew in time', async () => {
  const from = { project, network: '192.0.2.1' }
  for (let tries = 0; tries < 10; tries += 1)
    expect(await admitVisitor(db(), 'post', from, now)).toEqual({ kind: 'admitted' })
  expect(await admitVisitor(db(), 'post', from, now)).toMatchObject({ kind: 'refused' })
  expect(await admitVisitor(db(), 'post', { project, network: '192.0.2.2' }, now)).toEqual({ kind: 'admitted' })
  expect(await admitVisitor(db(), 'post', from, new Date(now.getTime() + 600_001))).toEqual({ kind: 'admitted' })
  const rows = await list(db(), sql<{ key: string }>`select key from public_try`)
  expect(JSON.stringify(rows)).not.toContain('192.0.2')
})

test('one address is not asked more than three times a day, whoever types it', async () => {
  const askFor = (network: string) =>
    admitVisitor(db(), 'subscribe', { project, network, about: { email: 'bombed@x.test' } }, now)
  for (const network of ['a', 'b', 'c']) expect(await askFor(network)).toEqual({ kind: 'admitted' })
  expect(await askFor('d')).toMatchObject({ kind: 'refused' })
})

test('all addresses of one household are one network, however they are written', () => {
  expect(networkOf('203.0.113.9')).toBe('203.0.113.9')
  expect(networkOf('::ffff:203.0.113.9')).toBe('203.0.113.9')
  expect(networkOf('2001:db8::1')).toBe(networkOf('2001:0DB8:0:0:1:2:3:4'))
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(networkOf(address)).toBe(networkOf(address.toUpperCase()))
    }),
  )
})
