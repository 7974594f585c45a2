import { replyContract, type Asked } from '../reply-channel.contract.ts'
import { nodebbReplies } from './reply.ts'

const site = 'https://forum.example'
const token = 'f'.repeat(36)
const json = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) })
const v3 = (response: unknown, status = 200) =>
  json({ status: { code: status === 200 ? 'ok' : 'error' }, response }, status)

type Written = { pid: number; toPid: number; content: string; deleted: number }

/** A forum after NodeBB’s own OpenAPI (public/openapi), in which two people have written. */
function start() {
  const posts: Written[] = [{ pid: 4, toPid: 1, content: 'Когда?', deleted: 0 }]
  const mine = () => posts.slice(1).filter(({ deleted }) => deleted === 0)
  const show = (one: Written) => ({
    ...one,
    ...{ tid: 3, timestamp: Date.parse('2026-11-22T12:00:00Z'), user: { uid: 5, username: 'bank' } },
    topic: { title: 'Карта', mainPid: 1, postcount: posts.length },
    content: `<p>${one.content}</p>`,
  })
  const answer = ({ method, url, headers, body }: Asked) => {
    const { pathname: path } = url
    if (path === '/api/config') return json({ siteTitle: 'Форум', relative_path: '' })
    if (url.origin !== site || headers['authorization'] !== `Bearer ${token}`) return v3({}, 401)
    if (path === '/api/self') return json({ uid: 5, username: 'Bank', userslug: 'bank' })
    if (path === '/api/user/bank/posts')
      return json({ posts: url.searchParams.get('page') === '1' ? mine().map(show) : [] })
    const { content = '', toPid = 0 } = (body === '' ? {} : JSON.parse(body)) as Partial<Written>
    if (method === 'POST' && path === '/api/v3/topics/3') {
      const made = { pid: 10 + posts.length, toPid, content, deleted: 0 }
      posts.push(made)
      return v3(show(made))
    }
    const [, pid, part = ''] = /^\/api\/v3\/posts\/(\d+)(?:\/(\w+))?$/.exec(path) ?? []
    const found = posts.find((one) => one.pid === Number(pid))
    if (!found || (found.deleted && part === 'summary')) return v3({}, 404)
    if (method === 'GET') return v3(part === 'raw' ? { pid: found.pid, content: found.content } : show(found))
    if (method === 'PUT' && part === '') found.content = content
    if (method === 'DELETE' && part === 'state') {
      if (found.deleted) return v3({}, 400)
      found.deleted = 1
    }
    return v3({})
  }
  return { answer, published: () => mine().map(({ pid, content: text }) => ({ id: String(pid), text })) }
}

replyContract('nodebb', {
  channel: nodebbReplies,
  settings: { site: `${site}/`, apiToken: token },
  wrongSettings: [
    { input: null, field: 'site' },
    { input: { site: 'http://forum.example', apiToken: token }, field: 'site' },
    { input: { site, apiToken: 'x' }, field: 'apiToken' },
  ],
  name: '@Bank · Форум',
  to: {
    ...{ id: `${site}/post/4`, url: `${site}/post/4`, title: null },
    ...{ parent: `${site}/post/1`, root: `${site}/post/1`, author: null },
  },
  start,
  publishes: ({ method }) => method === 'POST',
})
