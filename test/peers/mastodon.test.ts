import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRequest } from '../../src/base/http/request.ts'
import { must } from '../../src/base/errors.ts'
import type { Cursor, SourceIo } from '../../src/listen/connectors/connector.ts'
import { mastodonConnector } from '../../src/listen/connectors/mastodon/mastodon.ts'
import { mastodonReplies } from '../../src/listen/connectors/mastodon/reply.ts'
import type { OutgoingReply } from '../../src/listen/connectors/reply-channel.ts'
import type { Post } from '../../src/listen/posts/post.ts'
import { startMastodon, withoutMastodon, type MastodonServer } from './mastodon-server.ts'

type Status = { id: string; uri: string; url: string; in_reply_to_id: string | null; text: string }

let server: MastodonServer
const request = createRequest({ allowPrivate: true, timeoutMs: 3000 })
const io = (): SourceIo => ({
  request,
  now: () => new Date(),
  signal: new AbortController().signal,
  connect: () => Promise.reject(new Error('Mastodon is polled')),
  stream: () => Promise.reject(new Error('Mastodon is polled')),
  spend: async () => ({ kind: 'spent' }),
  pay: async () => ({ kind: 'reserved', settle: async () => {} }),
})

beforeAll(async () => {
  if (withoutMastodon === null) server = await startMastodon()
})
afterAll(async () => {
  await request.close()
  await server?.[Symbol.asyncDispose]()
})

async function read(settings: { url: string }, cursor: Cursor | null): Promise<{ items: Post[]; cursor: Cursor }> {
  const items: Post[] = []
  for (let at = cursor; ;) {
    const fetched = await must(mastodonConnector.fetch)(
      { id: 1, config: mastodonConnector.parseConfig(settings), secrets: {}, cursor: at },
      io(),
    )
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') throw new Error(JSON.stringify(fetched))
    if (fetched.kind === 'page') items.push(...fetched.items)
    at = fetched.next
    if (fetched.kind === 'unchanged' || !fetched.more) return { items, cursor: at }
  }
}

async function connect() {
  const account = mastodonReplies.parseAccount({ server: server.base, token: server.token.bob })
  const greeted = await mastodonReplies.greet(account, io())
  if (greeted.kind !== 'ready') throw new Error(JSON.stringify(greeted))
  return greeted
}

async function replyTo(post: Post, text: string, key = crypto.randomUUID()): Promise<OutgoingReply> {
  const to = { ...post, author: post.author }
  return { key, text: must(mastodonReplies.compose)(text, to), lang: 'ru', to, begunAt: new Date() }
}

test('what is posted at a Mastodon server arrives once, over a restart of the server', async ({ skip }) => {
  skip(withoutMastodon !== null, withoutMastodon ?? '')
  const post = (status: string) =>
    server.as<Status>('alice', '/api/v1/statuses', { method: 'POST', body: { status, visibility: 'public' } })
  await post('Первая запись о карте')
  const local = { url: server.base }
  const first = await read(local, null)
  expect(first.items.map(({ text }) => text)).toEqual(['Первая запись о карте'])
  await post('Вторая запись')
  await server.kill()
  await expect(read(local, first.cursor)).rejects.toThrow('failed')
  await server.start()
  await post('Третья запись #heed')
  const second = await read(local, first.cursor)
  expect(second.items.map(({ text }) => text).toSorted()).toEqual(['Вторая запись', 'Третья запись #heed'])
  expect((await read(local, second.cursor)).items).toEqual([])
  const tagged = await read({ url: `${server.base}/tags/heed` }, null)
  expect(tagged.items).toMatchObject([{ text: 'Третья запись #heed', tags: ['heed'], author: { name: 'alice' } }])
})

test('an edit and a deletion are followed', async ({ skip }) => {
  skip(withoutMastodon !== null, withoutMastodon ?? '')
  const post = (status: string) =>
    server.as<Status>('alice', '/api/v1/statuses', { method: 'POST', body: { status, visibility: 'public' } })
  const [kept, edited, gone] = [
    await post('Стоит'),
    await post('Было #heed https://bank.example/a'),
    await post('Уйдёт'),
  ]
  const { items } = await read({ url: `${server.base}/@alice` }, null)
  const ids = [kept, edited, gone].map(({ url }) => must(items.find((one) => one.url === url)).id)
  const look = () =>
    must(mastodonConnector.lookUp)(
      ids,
      { id: 1, config: mastodonConnector.parseConfig({ url: server.base }), secrets: {}, cursor: null },
      io(),
    )
  const before = await look()
  if (before.kind !== 'found') throw new Error(before.kind)
  // The words are the same by either way, so that nothing looks edited that is not.
  expect(before.posts.map(({ id, text }) => [id, text])).toEqual(
    ids.map((id) => [id, items.find((one) => one.id === id)?.text]),
  )
  await server.as('alice', `/api/v1/statuses/${edited.id}`, { method: 'PUT', body: { status: 'Стало' } })
  await server.remove('alice', gone.uri)
  expect(await look()).toMatchObject({
    kind: 'found',
    posts: [
      { id: ids[0], text: 'Стоит' },
      { id: ids[1], text: 'Стало' },
    ],
    missing: [ids[2]],
  })
})

test('a reply stands there once under what it answers, and is found and edited', async ({ skip }) => {
  skip(withoutMastodon !== null, withoutMastodon ?? '')
  const asked = await server.as<Status>('alice', '/api/v1/statuses', {
    method: 'POST',
    body: { status: 'Почему не работает карта?', visibility: 'public' },
  })
  const post = must(
    (await read({ url: `${server.base}/@alice` }, null)).items.find(({ text }) => text.startsWith('Почему')),
  )
  const { account, name } = await connect()
  expect(name).toBe(`@bob@${new URL(server.base).host}`)
  const reply = await replyTo(
    post,
    'Идут работы на сервере: https://bank.example/status?a=1&b=2 «до 18:00»\n\nСпасибо!',
  )
  expect(await mastodonReplies.find(reply, account, io())).toEqual({ kind: 'absent' })
  const sent = await mastodonReplies.send(reply, account, io())
  if (sent.kind !== 'sent') throw new Error(JSON.stringify(sent))
  const below = async () =>
    (await server.as<{ descendants: Status[] }>('bob', `/api/v1/statuses/${asked.id}/context`)).descendants
  expect(await below()).toMatchObject([{ url: sent.url, in_reply_to_id: asked.id, text: reply.text }])
  expect(await mastodonReplies.find(reply, account, io())).toEqual({ ...sent })
  const collected = (await read({ url: server.base }, null)).items.find(({ url }) => url === sent.url)
  expect(collected?.id).toBe(sent.mention)

  const edited = await must(mastodonReplies.edit)(sent, 'Готово, карта работает.', account, io())
  if (edited.kind !== 'done') throw new Error(JSON.stringify(edited))
  expect((await below()).map(({ text }) => text)).toEqual(['Готово, карта работает.'])
  const now = edited.published ?? sent
  // This server has no deleting by its API, which is said and not passed over.
  expect(await must(mastodonReplies.remove)(now, account, io())).toMatchObject({
    kind: 'refused',
    problem: { key: 'mastodon.no-deleting' },
  })
})

test('a reply to a status that was deleted is refused, and a token that was revoked as well', async ({ skip }) => {
  skip(withoutMastodon !== null, withoutMastodon ?? '')
  const asked = await server.as<Status>('alice', '/api/v1/statuses', {
    method: 'POST',
    body: { status: 'Удалю', visibility: 'public' },
  })
  const post = must((await read({ url: `${server.base}/@alice` }, null)).items.find(({ text }) => text === 'Удалю'))
  await server.remove('alice', asked.uri)
  const { account } = await connect()
  const reply = await replyTo(post, 'Ответ')
  expect(await mastodonReplies.send(reply, account, io())).toMatchObject({
    kind: 'refused',
    problem: { key: 'reply.gone' },
  })
  const revoked = { ...account, token: 'ffffffffffffffffffffffff' }
  expect(await mastodonReplies.greet(revoked, io())).toMatchObject({ kind: 'refused' })
})

test('a reply is told apart from fifty others of the same account, and its absence is proved', async ({ skip }) => {
  skip(withoutMastodon !== null, withoutMastodon ?? '')
  const post = must((await read({ url: `${server.base}/@alice` }, null)).items[0])
  const { account } = await connect()
  for (let number = 0; number < 50; number += 1)
    await mastodonReplies.send(await replyTo(post, `Ответ номер ${number}.`), account, io())
  expect(await mastodonReplies.find(await replyTo(post, 'Ответ номер 17.'), account, io())).toMatchObject({
    kind: 'sent',
  })
  expect(await mastodonReplies.find(await replyTo(post, 'Ответ номер 50.'), account, io())).toEqual({ kind: 'absent' })
})

test('a server that is not there answers with “later”, not with a lost reply', async ({ skip }) => {
  skip(withoutMastodon !== null, withoutMastodon ?? '')
  const post = must((await read({ url: `${server.base}/@alice` }, null)).items[0])
  const { account } = await connect()
  await server.kill()
  expect(await mastodonReplies.send(await replyTo(post, 'Ответ'), account, io())).toMatchObject({ kind: 'later' })
  await server.start()
})
