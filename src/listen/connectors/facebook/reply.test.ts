import type { PlatformAnswer } from '../connector.contract.ts'
import { replyContract, type Asked, type ReplyPlatform } from '../reply-channel.contract.ts'
import { facebookReplies } from './reply.ts'

const token = 'EAAB-page-token-of-acme'
const json = (body: unknown, status = 200): PlatformAnswer => ({ status, body: JSON.stringify(body) })
const refuse = (code: number, error_subcode = 0) => json({ error: { message: 'Refused', code, error_subcode } }, 400)

/** Comments below one comment of the page, with an older one of ours and one of a stranger that say the same. */
function start(): ReplyPlatform {
  const said = 'Здравствуйте! Уже чиним.'
  const made = [
    { id: '1_8', message: said, from: { id: '100' }, created_time: '2026-11-20T12:00:00+0000' },
    { id: '1_9', message: said, from: { id: '55' }, created_time: '2026-11-22T12:00:00+0000' },
  ]
  let next = 20
  return {
    published: () => made.slice(2).map(({ id, message }) => ({ id, text: message })),
    answer({ method, url, headers, body }: Asked) {
      if (headers['authorization'] !== `Bearer ${token}`) return refuse(190)
      const path = url.pathname.replace('/v26.0/', '')
      const form = new URLSearchParams(body)
      if (path === 'me') return json({ id: '100', name: 'Acme Банк' })
      const own = made.find(({ id }) => id === path)
      if (method === 'DELETE') {
        if (!own) return refuse(100, 33)
        made.splice(made.indexOf(own), 1)
        return json({ success: true })
      }
      if (method === 'POST' && own) {
        own.message = form.get('message') ?? ''
        return json({ success: true })
      }
      if (path !== '1_5/comments') return refuse(100, 33)
      if (method === 'GET') return json({ data: made.toReversed(), paging: { cursors: { after: 'a' } } })
      next += 1
      made.push({
        id: `1_${next}`,
        message: form.get('message') ?? '',
        from: { id: '100' },
        created_time: '2026-11-22T12:00:00+0000',
      })
      return json({ id: `1_${next}` })
    },
  }
}

replyContract('facebook', {
  channel: facebookReplies,
  settings: { pageToken: token },
  wrongSettings: [
    { input: null, field: 'pageToken' },
    { input: { pageToken: token, appId: 'acme' }, field: 'appId' },
    { input: { pageToken: token, appSecret: 'no secret' }, field: 'appSecret' },
  ],
  name: 'Acme Банк',
  // An answer to a comment: below that comment there is no further floor.
  to: {
    id: 'facebook:comment/1_6',
    url: null,
    title: null,
    parent: 'facebook:comment/1_5',
    root: 'facebook:post/100_1',
    author: { id: '55', name: 'Анна', handle: null },
  },
  start,
  publishes: ({ method, url }) => method === 'POST' && url.pathname.endsWith('/comments'),
})
