import { expect, test } from 'vitest'
import { plainIo } from '../reader.testing.ts'
import { replyContract, type Asked } from '../reply-channel.contract.ts'
import { ghostReplies } from './reply.ts'

const site = 'https://blog.example'
const key = `${'a1'.repeat(12)}:${'0f'.repeat(32)}`
const [post, above, nested, member] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(24))
const json = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) })

type Comment = {
  id: string
  parent_id: string | null
  in_reply_to_id: string | null
  html: string
  status: string
  member: object
}

/** A site after the Admin API of Ghost 6; whoever changes the words of a comment there is refused. */
function start() {
  const theirs = (id = '', parent: string | null = null): Comment => ({
    ...{ id, parent_id: parent, in_reply_to_id: null, html: '<p>Когда?</p>', status: 'published', member: { id: 'x' } },
  })
  const comments = [theirs(above), theirs(nested, above)]
  const mine = () => comments.slice(2).filter(({ status }) => status === 'published')
  const show = (one: Comment) => ({
    ...one,
    ...{ created_at: '2026-11-22T12:00:00.000Z', edited_at: null, post: { id: post, url: `${site}/karta/` } },
  })
  const answer = ({ method, url, headers, body }: Asked) => {
    if (url.origin !== site || !/^Ghost [\w-]+\.[\w-]+\.[\w-]+$/.test(headers['authorization'] ?? ''))
      return json({}, 401)
    const path = url.pathname.replace('/ghost/api/admin/', '')
    const filter = url.searchParams.get('filter') ?? ''
    if (path === 'site/') return json({ site: { title: 'Блог', url: `${site}/` } })
    if (path === 'members/')
      return json({ members: filter === "email:'help@bank.test'" ? [{ id: member, name: 'Банк' }] : [] })
    const [given] =
      body === '' ? [] : (JSON.parse(body) as { comments: Partial<Comment & { member_id: string }>[] }).comments
    if (method === 'GET') {
      const id = /^id:(\w+)$/.exec(filter)?.[1]
      const found = id
        ? comments.filter((one) => one.id === id)
        : mine().filter(() => filter === `member_id:'${member}'`)
      return json({ comments: found.map(show) })
    }
    if (method === 'POST' && path === 'comments/') {
      // Answers hang on one level only.
      if (given?.parent_id != null && comments.find(({ id }) => id === given.parent_id)?.parent_id !== null)
        return json({}, 400)
      if (!given || given.member_id !== member) return json({}, 422)
      const made: Comment = {
        ...{ id: String(comments.length).padStart(24, '0'), status: 'published', member: { id: member } },
        ...{ parent_id: given.parent_id ?? null, in_reply_to_id: given.in_reply_to_id ?? null, html: given.html ?? '' },
      }
      comments.push(made)
      // What it is below is told where that is asked for.
      const shown = url.searchParams.get('include') === 'post' ? show(made) : { ...show(made), post: undefined }
      return json({ comments: [shown] }, 201)
    }
    const found = comments.find(({ id }) => path === `comments/${id}/`)
    if (method !== 'PUT' || !found) return json({}, 404)
    found.status = given?.status ?? found.status
    return json({ comments: [show(found)] })
  }
  const text = (html: string) => html.replace(/<\/p><p>/g, '\n\n').replace(/<[^>]+>/g, '')
  return { answer, comments, published: () => mine().map(({ id, html }) => ({ id, text: text(html) })) }
}

const settings = { site: `${site}/ghost/`, key, member: 'Help@bank.test' }
const to = {
  ...{ id: `ghost:blog.example/comment/${above}`, url: `${site}/karta/#ghost-comments`, title: null },
  ...{ parent: `ghost:blog.example/post/${post}`, root: `ghost:blog.example/post/${post}`, author: null },
}

replyContract('ghost', {
  channel: ghostReplies,
  settings,
  wrongSettings: [
    { input: null, field: 'site' },
    { input: { ...settings, site: 'http://blog.example' }, field: 'site' },
    { input: { ...settings, key: 'abc' }, field: 'key' },
    { input: { ...settings, member: "x'+id:1@a" }, field: 'member' },
  ],
  name: 'Банк · Блог',
  to,
  start,
  publishes: ({ method, url }) => method === 'POST' && url.pathname.endsWith('/comments/'),
})

test('an answer to an answer hangs below the same comment and names what it answers', async () => {
  const ghost = start()
  const io = plainIo({
    request: async (url, { method = 'GET', headers = {}, body = '' } = {}) => {
      const told = ghost.answer({ method, url: new URL(url), headers, body: String(body) })
      const bytes = new TextEncoder().encode(told.body)
      return { kind: 'ok', status: told.status, headers: {}, body: bytes, url, movedTo: null, requests: 1 }
    },
    now: () => new Date('2026-11-22T12:00:00Z'),
    signal: new AbortController().signal,
  })
  const greeted = await ghostReplies.greet(ghostReplies.parseAccount(settings), io)
  if (greeted.kind !== 'ready') throw new Error(greeted.kind)
  const reply = {
    key: 'k',
    text: 'Сегодня <b>\nдо 18',
    lang: 'ru',
    begunAt: io.now(),
    to: { ...to, id: `ghost:blog.example/comment/${nested}` },
  }
  expect(await ghostReplies.send(reply, greeted.account, io)).toMatchObject({ kind: 'sent' })
  expect(ghost.comments.at(-1)).toMatchObject({
    ...{ parent_id: above, in_reply_to_id: nested, html: '<p>Сегодня &lt;b&gt;<br>до 18</p>' },
  })
  expect(await ghostReplies.find(reply, greeted.account, io)).toMatchObject({ kind: 'sent' })
  const unknown = ghostReplies.parseAccount({ ...settings, member: 'nobody@bank.test' })
  expect(await ghostReplies.greet(unknown, io)).toMatchObject({ kind: 'refused', problem: { key: 'ghost.member' } })
})
