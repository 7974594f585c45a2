import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { must } from '../../src/base/errors.ts'
import { addProject } from '../../src/base/team/project.ts'
import { refreshEngagement } from '../../src/listen/collect/engagement.ts'
import { pollSource } from '../../src/listen/collect/poll.ts'
import { addSource } from '../../src/listen/collect/source.ts'
import { collectWorld } from '../../src/listen/collect/world.ts'
import { wordpressReplies, type WordPressAccount } from '../../src/listen/connectors/wordpress/reply.ts'
import { wordpressConnector } from '../../src/listen/connectors/wordpress/wordpress.ts'
import type { Post } from '../../src/listen/posts/post.ts'
import { addTopic } from '../../src/listen/topics/topic.ts'
import { openTestHouse } from '../house.ts'
import { openReading } from './reading.ts'
import { startWordPress, withoutWordPress, type WordPressServer } from './wordpress-server.ts'

const head = { kind: 'member', id: 'test', name: 'Test', email: 'test@heed.test', locale: 'en', isHead: true } as const

type Shown = { id: number; link: string; status: string; parent: number; content: { rendered: string } }

// A site is started anew here, which a busy machine takes long for.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 })

let blog: WordPressServer
const reading = openReading()

beforeAll(async () => {
  if (withoutWordPress === null) blog = await startWordPress()
})
afterAll(async () => {
  await reading[Symbol.asyncDispose]()
  await blog?.[Symbol.asyncDispose]()
})

const read = (cursor: Parameters<typeof reading.read>[1]['cursor'], now = new Date()) =>
  reading.read(wordpressConnector, { settings: { url: blog.base }, cursor, now })
const publish = (title: string, content: string) =>
  blog.asAnna<Shown>('POST', 'posts', { title, content, status: 'publish' })
const commentAs = (post: number, content: string, parent = 0) =>
  blog.asAnna<Shown>('POST', 'comments', { post, content, parent })
const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)
const textsOf = (items: Post[]) => items.map(({ text }) => text).toSorted()

async function connect(user: 'anna' | 'boris' | 'vera' = 'boris') {
  const password = blog.password[user].replace(/(.{4})(?=.)/g, '$1 ')
  const account = wordpressReplies.parseAccount({ site: blog.base, user, password })
  return wordpressReplies.greet(account, reading.io())
}

async function desk(): Promise<WordPressAccount> {
  const greeted = await connect()
  if (greeted.kind !== 'ready') throw new Error(JSON.stringify(greeted))
  return greeted.account
}

test('articles and comments arrive once, with edits, and nothing is lost over a restart of the site', async ({
  skip,
}) => {
  skip(withoutWordPress !== null, withoutWordPress ?? '')
  const article = await publish('Новая карта', '<p>Мы выпустили <b>карту</b>.</p>')
  const first = await read(null)
  const post = must(first.items.find(({ title }) => title === 'Новая карта'))
  expect(post).toMatchObject({
    id: `${blog.base}/?p=${article.id}`,
    source: 'Блог «Филин»',
    url: article.link,
    text: 'Мы выпустили карту.',
    author: { name: 'anna', handle: 'anna' },
  })
  await commentAs(article.id, 'Первый комментарий')
  await blog.kill()
  await expect(read(first.cursor)).rejects.toThrow('failed')
  await blog.start()
  const above = await commentAs(article.id, 'Второй комментарий')
  await commentAs(article.id, 'Ответ на второй', above.id)
  const second = await read(first.cursor)
  expect(textsOf(second.items)).toEqual(['Второй комментарий', 'Ответ на второй', 'Первый комментарий'])
  const answer = must(second.items.find(({ kind }) => kind === 'reply'))
  expect(answer).toMatchObject({ parent: `${blog.base}/?p=${article.id}#comment-${above.id}`, root: post.id })
  expect((await read(second.cursor)).items).toEqual([])

  await blog.asAnna('POST', `posts/${article.id}`, { content: '<p>Карту отозвали.</p>' })
  await blog.asAnna('POST', `comments/${above.id}`, { content: 'Второй, исправлен' })
  const third = await read(second.cursor)
  expect(textsOf(third.items)).toEqual(['Второй, исправлен', 'Карту отозвали.'])
  expect(third.edited.toSorted()).toEqual([post.id, `${post.id}#comment-${above.id}`].toSorted())
  await blog.asAnna('DELETE', `comments/${above.id}&force=true`)
  const looked = await reading.lookUp(wordpressConnector, [post.id, `${post.id}#comment-${above.id}`], {
    settings: { url: blog.base },
  })
  expect(looked).toMatchObject({ kind: 'found', posts: [{ id: post.id }], missing: [`${post.id}#comment-${above.id}`] })
})

test('a visitor’s comment comes when it is approved, also hours after it was written', async ({ skip }) => {
  skip(withoutWordPress !== null, withoutWordPress ?? '')
  const { cursor } = await read(null)
  const article = await publish('Вклады', '<p>Про вклады</p>')
  await blog.comment(article.id, 'Вера', 'Почему так мало процентов?')
  const held = await read(cursor)
  expect(textsOf(held.items)).toEqual(['Про вклады'])
  const [waiting] = await blog.asAnna<Shown[]>('GET', `comments&status=hold&post=${article.id}`)
  // Somebody else’s comment comes in between, so the newest known is newer than the one that waits.
  await commentAs(article.id, 'Скоро ответим')
  const between = await read(held.cursor)
  await blog.asAnna('POST', `comments/${must(waiting).id}`, { status: 'approved' })
  const approved = await read(between.cursor, later(30))
  expect(approved.items).toMatchObject([
    { text: 'Почему так мало процентов?', author: { name: 'Вера' }, kind: 'comment' },
  ])
})

test('a comment that is taken back leaves, and comes again when it is approved again', async ({ skip }) => {
  skip(withoutWordPress !== null, withoutWordPress ?? '')
  await using house = await openTestHouse()
  const { db } = house.postgres
  const project = await addProject(db, head, { name: 'Bank', timeZone: 'UTC' })
  house.topics.set(await addTopic(db, project.id, { name: 'Ипотека', group: null, query: 'ипотека' }, null))
  const settings = { settings: { url: blog.base }, name: null }
  const source = await addSource({ db, secrets: house.secrets }, project.id, wordpressConnector, settings)
  const article = await publish('Ипотека', '<p>Ипотека: ставки</p>')
  const one = await commentAs(article.id, 'Ипотека дорога')
  const moderate = (status: string) => blog.asAnna('POST', `comments/${one.id}`, { status })
  const collect = () => pollSource(collectWorld(house), source.id, new AbortController().signal)
  const lookAgain = (hours: number) =>
    refreshEngagement({ ...collectWorld(house), now: () => later(hours) }, new AbortController().signal)
  const texts = async () => {
    const rows = await house.clickhouse.rows<{ text: string }>('select text from mention final order by text')
    return rows.map(({ text }) => text)
  }
  await collect()
  await lookAgain(0)
  expect(await texts()).toEqual(['Ипотека дорога', 'Ипотека: ставки'])
  for (const hours of [0.11, 0.3]) {
    await moderate('hold')
    await lookAgain(hours)
    await collect()
    expect(await texts()).toEqual(['Ипотека: ставки'])
    await moderate('approved')
    await collect()
    expect(await texts()).toEqual(['Ипотека дорога', 'Ипотека: ставки'])
  }
})

test('more comments than a page holds, written within seconds, all come', async ({ skip }) => {
  skip(withoutWordPress !== null, withoutWordPress ?? '')
  const { cursor } = await read(null)
  const article = await publish('Опрос', '<p>Что думаете?</p>')
  for (let number = 0; number < 52; number += 1) await commentAs(article.id, `Мнение номер ${number}`)
  const many = await read(cursor)
  expect(new Set(many.items.map(({ id }) => id)).size).toBe(53)
})

test('a reply stands there once under what it answers, is found, edited and deleted', async ({ skip }) => {
  skip(withoutWordPress !== null, withoutWordPress ?? '')
  const article = await publish('Вопросы', '<p>Спрашивайте</p>')
  const question = await commentAs(article.id, 'Когда заработает карта?')
  const asked = must((await read(null)).items.find(({ text }) => text === 'Когда заработает карта?'))
  const account = await desk()
  const text = 'Сегодня до 18:00 <b>точно</b> & "без" шуток :D\n\nСпасибо -- https://bank.example/a?b=1&c=2'
  const reply = reading.replyTo(asked, text)
  expect(await wordpressReplies.find(reply, account, reading.io())).toEqual({ kind: 'absent' })
  const sent = await wordpressReplies.send(reply, account, reading.io())
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  const below = () => blog.asAnna<Shown[]>('GET', `comments&parent=${question.id}&context=view`)
  expect(await below()).toMatchObject([
    { id: Number(sent.id), link: sent.url, parent: question.id, status: 'approved' },
  ])
  expect(await wordpressReplies.find(reply, account, reading.io())).toEqual(sent)
  // Trying the same again is refused by the site, and the look-up tells that the first try was enough.
  expect(await wordpressReplies.send(reply, account, reading.io())).toMatchObject({
    kind: 'unknown',
    problem: { key: 'wordpress.duplicate' },
  })
  const collected = must((await read(null)).items.find(({ id }) => id === sent.mention))
  expect(collected.text).toContain('<b>точно</b> &')
  expect(await must(wordpressReplies.edit)(sent, 'Уже работает.', account, reading.io())).toEqual({ kind: 'done' })
  expect(await must(wordpressReplies.edit)(sent, 'Уже работает.', account, reading.io())).toEqual({ kind: 'done' })
  expect((await below())[0]?.content.rendered).toContain('Уже работает.')
  expect(await must(wordpressReplies.remove)(sent, account, reading.io())).toEqual({ kind: 'done' })
  expect(await must(wordpressReplies.remove)(sent, account, reading.io())).toEqual({ kind: 'done' })
  expect(await below()).toEqual([])
})

test('what cannot be answered is told: gone, closed, another site, and somebody who may not', async ({ skip }) => {
  skip(withoutWordPress !== null, withoutWordPress ?? '')
  const article = await publish('Тихо', '<p>Без комментариев</p>')
  const question = await commentAs(article.id, 'Удалю')
  const items = (await read(null)).items
  const asked = must(items.find(({ text }) => text === 'Удалю'))
  const account = await desk()
  const answer = (to: Post) => wordpressReplies.send(reading.replyTo(to, 'Ответ'), account, reading.io())
  expect(await answer({ ...asked, id: asked.id.replace(/^http:\/\/[^/]+/, 'https://other.example') })).toMatchObject({
    kind: 'refused',
    problem: { key: 'reply.other-site' },
  })
  await blog.asAnna('DELETE', `comments/${question.id}&force=true`)
  expect(await answer(asked)).toMatchObject({ kind: 'refused', problem: { key: 'reply.gone' } })
  await blog.asAnna('POST', `posts/${article.id}`, { comment_status: 'closed' })
  const whole = must(items.find(({ title }) => title === 'Тихо'))
  expect(await answer(whole)).toMatchObject({ kind: 'refused', problem: { key: 'reply.comments-closed' } })
  expect(await connect('vera')).toMatchObject({ kind: 'refused', problem: { key: 'wordpress.role' } })
  const wrong = { ...account, password: 'a'.repeat(24) }
  expect(await wordpressReplies.greet(wrong, reading.io())).toMatchObject({
    kind: 'refused',
    problem: { key: 'wordpress.password' },
  })
  await blog.kill()
  // A connection that stood open may have carried it there.
  expect(['later', 'unknown']).toContain((await answer(whole)).kind)
  await blog.start()
})
