import { replyContract, type Asked } from '../reply-channel.contract.ts'
import { wordpressReplies } from './reply.ts'

const site = 'https://blog.example'
const password = 'abcd EFGH 1234 ijkl MNOP 5678'
const authorization = `Basic ${Buffer.from(`boris:${password.replaceAll(' ', '')}`).toString('base64')}`
const json = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) })
const refused = (code: string, status: number) => json({ code, message: code, data: { status } }, status)
const decoded = (html: string) => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

type Comment = { id: number; post: number; parent: number; raw: string }

/** A site after https://developer.wordpress.org/rest-api/reference/comments, which takes the same words once. */
function start() {
  const comments: Comment[] = []
  const show = ({ id, post, raw }: Comment) => ({
    ...{ id, post, link: `${site}/karta/#comment-${id}`, date_gmt: '2026-11-22T12:00:00', status: 'approved' },
    content: { raw, rendered: `<p>${raw}</p>` },
  })
  const answer = ({ method, url, headers, body }: Asked) => {
    const route = url.searchParams.get('rest_route') ?? ''
    if (url.origin !== site || headers['authorization'] !== authorization) return refused('invalid_username', 401)
    if (route === '/') return json({ name: 'Блог', home: site, namespaces: ['wp/v2'] })
    if (route === '/wp/v2/users/me') return json({ id: 2, name: 'Борис', capabilities: { moderate_comments: true } })
    const given = (body === '' ? {} : JSON.parse(body)) as { post?: number; parent?: number; content?: string }
    const number = Number(/^\/wp\/v2\/comments\/(\d+)$/.exec(route)?.[1])
    const at = comments.findIndex(({ id }) => id === number)
    const found = comments[at]
    if (route === '/wp/v2/comments/12') return json({ id: 12, status: 'approved' })
    if (method === 'GET')
      return json(comments.filter(({ parent }) => parent === Number(url.searchParams.get('parent'))).map(show))
    if (route === '/wp/v2/comments') {
      const { post = 0, parent = 0, content: raw = '' } = given
      if (comments.some((one) => one.raw === raw && one.parent === parent)) return refused('comment_duplicate', 409)
      const made = { id: 100 + comments.length, post, parent, raw }
      comments.push(made)
      return json(show(made), 201)
    }
    if (!found) return refused('rest_comment_invalid_id', 404)
    if (method === 'DELETE') {
      comments.splice(at, 1)
      return json({ deleted: true, previous: show(found) })
    }
    found.raw = given.content ?? found.raw
    return json(show(found))
  }
  return { answer, published: () => comments.map(({ id, raw }) => ({ id: String(id), text: decoded(raw) })) }
}

replyContract('wordpress', {
  channel: wordpressReplies,
  settings: { site: `${site}/`, user: 'boris', password },
  wrongSettings: [
    { input: null, field: 'site' },
    { input: { site: 'http://blog.example', user: 'boris', password }, field: 'site' },
    { input: { site, user: '', password }, field: 'user' },
    { input: { site, user: 'a:b', password }, field: 'user' },
    { input: { site, user: 'boris', password: 'my own password' }, field: 'password' },
  ],
  name: 'Борис · blog.example',
  to: {
    ...{ id: `${site}/?p=7#comment-12`, url: `${site}/karta/#comment-12`, title: null },
    ...{ parent: `${site}/?p=7`, root: `${site}/?p=7`, author: null },
  },
  start,
  publishes: ({ method, url }) => method === 'POST' && url.searchParams.get('rest_route') === '/wp/v2/comments',
})
