import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { must } from '../../src/base/errors.ts'
import { addProject } from '../../src/base/team/project.ts'
import { refreshEngagement } from '../../src/listen/collect/engagement.ts'
import { pollSource } from '../../src/listen/collect/poll.ts'
import { addSource } from '../../src/listen/collect/source.ts'
import { trySource } from '../../src/listen/collect/try-source.ts'
import { collectWorld } from '../../src/listen/collect/world.ts'
import { ghostConnector } from '../../src/listen/connectors/ghost/ghost.ts'
import { ghostReplies, type GhostAccount } from '../../src/listen/connectors/ghost/reply.ts'
import type { Post } from '../../src/listen/posts/post.ts'
import { addTopic } from '../../src/listen/topics/topic.ts'
import { openTestHouse } from '../house.ts'
import { startGhost, withoutGhost, type GhostServer, type Member } from './ghost-server.ts'
import { openReading } from './reading.ts'

const head = { kind: 'member', id: 'test', name: 'Test', email: 'test@heed.test', locale: 'en', isHead: true } as const

type Article = { id: string; url: string; updated_at: string }
type Comment = { id: string; html: string; status: string; parent_id: string | null; in_reply_to_id: string | null }

let site: GhostServer
let vera: Member
const reading = openReading()
// It makes its whole database when it starts for the first time, and is started anew in tests, which a busy machine takes
// long for.
const patienceMs = 180_000
vi.setConfig({ testTimeout: patienceMs })

beforeAll(async () => {
  if (withoutGhost !== null) return
  site = await startGhost()
  vera = await site.join('vera')
  await site.admin('POST', 'members/', { members: [{ name: 'Банк «Филин»', email: 'help@bank.test' }] })
}, patienceMs)
afterAll(async () => {
  await reading[Symbol.asyncDispose]()
  await site?.[Symbol.asyncDispose]()
})

const given = () => ({ settings: { url: site.base }, secrets: { key: site.key } })
const read = (cursor: Parameters<typeof reading.read>[1]['cursor'], now = new Date()) =>
  reading.read(ghostConnector, { ...given(), cursor, now })
const textsOf = (items: Post[]) => items.map(({ text }) => text).toSorted()
const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)

async function publish(title: string, html: string): Promise<Article> {
  const body = { posts: [{ title, html, status: 'published', tags: ['карты', '#для себя'] }] }
  return must((await site.admin<{ posts: Article[] }>('POST', 'posts/?source=html', body)).posts[0])
}
async function comment(on: Article, text: string, under: Partial<Comment> = {}): Promise<Comment> {
  const given = { post_id: on.id, html: `<p>${text}</p>`, ...under }
  return must((await vera.do<{ comments: Comment[] }>('POST', 'comments/', { comments: [given] })).comments[0])
}
const change = (one: Comment, changed: Partial<Comment>) =>
  vera.do('PUT', `comments/${one.id}/`, { comments: [changed] })
/** Everything that the site shows below a comment. */
const below = async ({ id }: Comment) =>
  (await site.admin<{ comments: Comment[] }>('GET', `comments/${id}/replies/`)).comments

async function connect(member = 'help@bank.test', key = site.key) {
  return ghostReplies.greet(ghostReplies.parseAccount({ site: `${site.base}/ghost/`, key, member }), reading.io())
}
async function desk(): Promise<GhostAccount> {
  const greeted = await connect()
  if (greeted.kind !== 'ready') throw new Error(JSON.stringify(greeted))
  return greeted.account
}

test('articles and comments arrive once, edits and deletions follow, and nothing is lost over a restart of the site', async ({
  skip,
}) => {
  skip(withoutGhost !== null, withoutGhost ?? '')
  const article = await publish('Новая карта', '<p>Мы выпустили <b>карту</b>.</p>')
  const first = await read(null)
  const post = must(first.items.find(({ title }) => title === 'Новая карта'))
  expect(post).toMatchObject({
    source: 'Блог «Филин»',
    url: article.url,
    text: 'Мы выпустили карту.',
    author: { name: 'Анна' },
    tags: ['карты'],
  })
  expect((await read(first.cursor)).items).toEqual([])
  const early = await comment(article, 'Первый комментарий')
  await site.kill()
  await expect(read(first.cursor)).rejects.toThrow('failed')
  await site.start()
  const above = await comment(article, 'Второй комментарий')
  const answer = await comment(article, 'Ответ на второй', { parent_id: above.id })
  await comment(article, 'Ответ на ответ', { parent_id: above.id, in_reply_to_id: answer.id })
  const second = await read(first.cursor)
  expect(textsOf(second.items)).toEqual(
    ['Ответ на второй', 'Ответ на ответ', 'Второй комментарий', 'Первый комментарий'].toSorted(),
  )
  const byText = (text: string) => must(second.items.find((one) => one.text === text))
  expect(byText('Первый комментарий')).toMatchObject({ kind: 'comment', parent: post.id, author: { name: 'vera' } })
  expect(byText('Ответ на второй')).toMatchObject({ kind: 'reply', parent: byText('Второй комментарий').id })
  expect(byText('Ответ на ответ')).toMatchObject({ parent: byText('Ответ на второй').id, root: post.id })
  expect((await read(second.cursor)).items).toEqual([])

  await change(above, { html: '<p>Второй, исправлен</p>' })
  await change(early, { status: 'deleted' })
  const editing = { html: '<p>Карту отозвали.</p>', updated_at: article.updated_at }
  await site.admin('PUT', `posts/${article.id}/?source=html`, { posts: [editing] })
  const third = await read(second.cursor)
  expect(textsOf(third.items)).toEqual(['Второй, исправлен', 'Карту отозвали.'])
  expect(third.edited.toSorted()).toEqual(third.items.map(({ id }) => id).toSorted())
  // What is deleted stands in no list; asked for by its number it is missing.
  const gone = byText('Первый комментарий').id
  const looked = await reading.lookUp(ghostConnector, [post.id, gone, byText('Ответ на второй').id], given())
  expect(looked).toMatchObject({
    kind: 'found',
    posts: [{ text: 'Ответ на второй' }, { id: post.id, text: 'Карту отозвали.' }],
    missing: [gone],
  })
})

test('what a moderator hides goes, also when it was written days before, and what is shown again comes again', async ({
  skip,
}) => {
  skip(withoutGhost !== null, withoutGhost ?? '')
  const article = await publish('Вклады', '<p>Про вклады</p>')
  const rude = await comment(article, 'Грубость')
  const { items, cursor } = await read(null)
  const { id } = must(items.find(({ text }) => text === 'Грубость'))
  const moderate = (status: string) => site.admin('PUT', `comments/${rude.id}/`, { comments: [{ status }] })
  await moderate('hidden')
  const hidden = await read(cursor, later(30))
  expect(hidden.removed).toContain(id)
  await moderate('published')
  expect((await read(hidden.cursor, later(60))).items).toMatchObject([{ id }])
})

test('more comments than a page holds, written within seconds, all come', async ({ skip }) => {
  skip(withoutGhost !== null, withoutGhost ?? '')
  const { cursor } = await read(null)
  const article = await publish('Опрос', '<p>Что думаете?</p>')
  for (let number = 0; number < 52; number += 1) await comment(article, `Мнение номер ${number}`)
  expect(new Set((await read(cursor)).items.map(({ id }) => id)).size).toBe(53)
})

test('set up with a look at its last ten, it is collected: mentions come, change and leave', async ({ skip }) => {
  skip(withoutGhost !== null, withoutGhost ?? '')
  await using house = await openTestHouse()
  const { db } = house.postgres
  const project = await addProject(db, head, { name: 'Bank', timeZone: 'UTC' })
  house.topics.set(await addTopic(db, project.id, { name: 'Ипотека', group: null, query: 'ипотека' }, null))
  const article = await publish('Ипотека', '<p>Про ставки</p>')
  const opinions = []
  for (let number = 0; number < 10; number += 1) opinions.push(await comment(article, `Ипотека, мнение ${number}`))
  const stop = new AbortController().signal
  const ofProject = { ...house, db, project: project.id }
  const tried = await trySource(ofProject, ghostConnector, given(), stop)
  if (tried.kind !== 'readable') throw new Error(JSON.stringify(tried))
  expect(tried).toMatchObject({ title: 'Блог «Филин»', movedTo: null })
  expect(textsOf(tried.items)).toEqual(opinions.map((_, number) => `Ипотека, мнение ${number}`))
  const wrong = { ...given(), secrets: { key: `${'a1'.repeat(12)}:${'0f'.repeat(32)}` } }
  expect(await trySource(ofProject, ghostConnector, wrong, stop)).toMatchObject({
    kind: 'not-readable',
    answer: { kind: 'signed-out', problem: { key: 'ghost.key' } },
  })

  const source = await addSource({ db, secrets: house.secrets }, project.id, ghostConnector, { ...given(), name: null })
  const texts = async () => {
    const rows = await house.clickhouse.rows<{ text: string }>('select text from mention final')
    return rows.map(({ text }) => text)
  }
  const collect = () => pollSource(collectWorld(house), source.id, stop)
  await collect()
  await collect()
  expect((await texts()).length).toBe(11)
  await refreshEngagement(collectWorld(house), stop)
  await change(must(opinions[3]), { html: '<p>Ипотека, другое мнение</p>' })
  await change(must(opinions[4]), { status: 'deleted' })
  await refreshEngagement({ ...collectWorld(house), now: () => later(0.11) }, stop)
  const left = await texts()
  expect(left.length).toBe(10)
  expect(left).toContain('Ипотека, другое мнение')
  expect(left).not.toContain('Ипотека, мнение 4')
})

test('a reply stands there once under what it answers, is found and deleted', async ({ skip }) => {
  skip(withoutGhost !== null, withoutGhost ?? '')
  const article = await publish('Вопросы', '<p>Спрашивайте</p>')
  const question = await comment(article, 'Когда заработает карта?')
  const asked = must((await read(null)).items.find(({ text }) => text === 'Когда заработает карта?'))
  const account = await desk()
  const text = 'Сегодня до 18:00 <b>точно</b> & "без" шуток\n\nСпасибо — https://bank.example/a?b=1&c=2'
  const reply = reading.replyTo(asked, text)
  expect(await ghostReplies.find(reply, account, reading.io())).toEqual({ kind: 'absent' })
  const sent = await ghostReplies.send(reply, account, reading.io())
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  expect(await below(question)).toMatchObject([{ id: sent.id, parent_id: question.id, status: 'published' }])
  expect(await ghostReplies.find(reply, account, reading.io())).toEqual(sent)
  await site.kill()
  await site.start()
  expect(await ghostReplies.find(reply, account, reading.io())).toEqual(sent)
  const collected = must((await read(null)).items.find(({ id }) => id === sent.mention))
  expect(collected).toMatchObject({ parent: asked.id, author: { name: 'Банк «Филин»' }, url: sent.url })
  expect(collected.text).toContain('<b>точно</b> & "без" шуток')
  expect(collected.text).toContain('https://bank.example/a?b=1&c=2')

  // Who answers the answer is answered there, and an article is answered by a comment of its own.
  const doubt = await comment(article, 'Точно?', { parent_id: question.id, in_reply_to_id: sent.id })
  const doubted = must((await read(null)).items.find((one) => one.text === 'Точно?'))
  const deep = reading.replyTo(doubted, 'Точно.')
  const second = await ghostReplies.send(deep, account, reading.io())
  expect(await ghostReplies.find(deep, account, reading.io())).toEqual(second)
  expect((await below(question)).at(-1)).toMatchObject({ parent_id: question.id, in_reply_to_id: doubt.id })
  const whole = must((await read(null)).items.find(({ title }) => title === 'Вопросы'))
  expect(await ghostReplies.send(reading.replyTo(whole, 'Пишите нам.'), account, reading.io())).toMatchObject({
    kind: 'sent',
  })

  for (let tries = 0; tries < 2; tries += 1)
    expect(await must(ghostReplies.remove)(sent, account, reading.io())).toEqual({ kind: 'done' })
  expect(await ghostReplies.find(reply, account, reading.io())).toEqual({ kind: 'absent' })
})

test('what cannot be answered is told: gone, closed, another site, and somebody whom the site does not know', async ({
  skip,
}) => {
  skip(withoutGhost !== null, withoutGhost ?? '')
  const article = await publish('Тихо', '<p>Без комментариев</p>')
  const question = await comment(article, 'Удалю')
  const { items } = await read(null)
  const asked = must(items.find(({ text }) => text === 'Удалю'))
  const account = await desk()
  const answer = (to: Post) => ghostReplies.send(reading.replyTo(to, 'Ответ'), account, reading.io())
  expect(await answer({ ...asked, id: asked.id.replace(/^ghost:[^/]+/, 'ghost:other.example') })).toMatchObject({
    kind: 'refused',
    problem: { key: 'reply.other-site' },
  })
  await change(question, { status: 'deleted' })
  expect(await answer(asked)).toMatchObject({ kind: 'refused', problem: { key: 'reply.gone' } })
  expect(await connect('nobody@bank.test')).toMatchObject({ kind: 'refused', problem: { key: 'ghost.member' } })
  const wrong = `${site.key.slice(0, 24)}:${'0f'.repeat(32)}`
  for (const key of [wrong, `${'a1'.repeat(12)}:${'0f'.repeat(32)}`])
    expect(await connect('help@bank.test', key)).toMatchObject({ kind: 'refused', problem: { key: 'ghost.key' } })
  await site.admin('DELETE', `posts/${article.id}/`)
  const whole = must(items.find(({ title }) => title === 'Тихо'))
  expect(await answer(whole)).toMatchObject({ kind: 'refused', problem: { key: 'reply.gone' } })
  await site.kill()
  // A connection that stood open may have carried it there.
  expect(['later', 'unknown']).toContain((await answer(whole)).kind)
})
