import { describe, expect, test } from 'vitest'
import { connectorContract } from '../connector.contract.ts'
import { readerOf } from '../reader.testing.ts'
import { pollAfterMs } from './quota.ts'
import { stackExchangeConnector } from './stackexchange.ts'
import { readWanted } from './wanted.ts'

const at = Date.UTC(2026, 10, 22, 11) / 1000
const owner = {
  user_id: 42,
  display_name: 'Anna &amp; co',
  reputation: 101,
  user_type: 'registered',
  link: 'https://stackoverflow.com/users/42/anna',
}
const said = { owner, creation_date: at - 600, score: 3, content_license: 'CC BY-SA 4.0' }
const question = (id: number, more: object = {}) => ({
  ...said,
  question_id: id,
  title: `How to &quot;heed&quot; ${id}?`,
  body: `<p>Question ${id}</p><pre><code>a &lt; b</code></pre>`,
  link: `https://stackoverflow.com/questions/${id}/how-to-heed`,
  tags: ['typescript'],
  view_count: 120,
  answer_count: 1,
  is_answered: true,
  last_activity_date: at - id,
  ...more,
})
const answer = (id: number, more: object = {}) => ({
  ...said,
  answer_id: id,
  body: `<p>Answer ${id}</p>`,
  score: -2,
  is_accepted: false,
  ...more,
})
const comment = (id: number, more: object = {}) => ({
  ...said,
  comment_id: id,
  body: `Comment &amp; ${id}`,
  edited: false,
  ...more,
})
const page = (items: unknown[], more: object = {}) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ items, has_more: false, quota_max: 300, quota_remaining: 250, ...more }),
})
/** The API with these questions, a hundred a page. */
const api = (questions: { last_activity_date: number }[]) => (asked: URL) => {
  if (asked.pathname === '/2.3/filters/create')
    return page([{ filter: '!made', included_fields: [], filter_type: 'safe' }])
  const max = Number(asked.searchParams.get('max') ?? Infinity)
  const min = Number(asked.searchParams.get('min') ?? 0)
  const found = questions.filter((one) => one.last_activity_date <= max && one.last_activity_date >= min)
  return page(found.slice(0, 100), { has_more: found.length > 100 })
}
const many = Array.from({ length: 120 }, (_, index) => question(index + 1, { answers: [answer(5000 + index)] }))

connectorContract('stack exchange', {
  connector: stackExchangeConnector,
  origin: 'https://api.stackexchange.com',
  settings: () => ({ url: 'https://stackoverflow.com/questions/tagged/typescript' }),
  wrongSettings: [
    { input: null, field: 'url' },
    { input: { url: 'https://stackoverflow.com/' }, field: 'url' },
    { input: { url: 'https://stackoverflow.com/questions/tagged/' }, field: 'url' },
    { input: { url: 'https://example.org/questions/tagged/a' }, field: 'url' },
  ],
  answer: (request, base) => api(many)(new URL(request.url ?? '', base)),
  posts: 240,
})

describe('stack exchange', () => {
  const reader = readerOf(stackExchangeConnector, { url: 'stackoverflow.com/search?q=[typescript]+acme bank' })
  const { read, asked } = reader

  test('a question comes with its answers and all comments, and each knows what it answers', async () => {
    const whole = question(1, { comments: [comment(7)], answers: [answer(5, { comments: [comment(8)] })] })
    const { items } = await reader.page(api([whole]))
    const site = 'stackexchange:stackoverflow.com'
    expect(items.map((post) => [post.id, post.kind, post.parent, post.root])).toEqual([
      [`${site}/question/1`, 'question', null, null],
      [`${site}/comment/7`, 'comment', `${site}/question/1`, `${site}/question/1`],
      [`${site}/answer/5`, 'reply', `${site}/question/1`, `${site}/question/1`],
      [`${site}/comment/8`, 'comment', `${site}/answer/5`, `${site}/question/1`],
    ])
    expect(items[0]).toMatchObject({
      title: 'How to "heed" 1?',
      text: 'Question 1\n\na < b',
      source: 'stackoverflow.com',
      media: 'forum',
      url: 'https://stackoverflow.com/questions/1/how-to-heed',
      postedAt: new Date((at - 600) * 1000),
      author: { id: 'stackoverflow.com/42', name: 'Anna & co' },
      likes: 3,
      comments: 1,
      views: 120,
      tags: ['typescript'],
    })
    expect(items[2]).toMatchObject({ likes: null, url: 'https://stackoverflow.com/a/5' })
    expect(items[3]).toMatchObject({ text: 'Comment & 8', url: 'https://stackoverflow.com/questions/1#comment8_5' })
  })

  test('the form of answers is made once, and a day is read again for late comments', async () => {
    asked.length = 0
    const { next } = await reader.page(api([question(1)]))
    const late = await reader.page(api([question(1, { comments: [comment(9)] })]), next)
    expect(late.items.map((post) => post.text)).toEqual(['Comment & 9'])
    expect(asked.map((url) => url.pathname)).toEqual([
      '/2.3/filters/create',
      '/2.3/search/advanced',
      '/2.3/search/advanced',
    ])
    expect(Object.fromEntries(asked[2]?.searchParams ?? [])).toMatchObject({
      site: 'stackoverflow.com',
      tagged: 'typescript',
      q: 'acme bank',
      filter: '!made',
      min: String(at - 1 - 86_400),
    })
  })

  test('backoff is obeyed, also between pages, and the place is kept', async () => {
    const slow = (url: URL) =>
      url.pathname.endsWith('create')
        ? api([])(url)
        : page([question(1), question(2)], { has_more: true, backoff: 900 })
    const first = await reader.page(slow)
    expect(first).toMatchObject({ more: false, health: { pollAfterMs: 900_000 }, next: { before: at - 2 } })
    asked.length = 0
    await read(api([]), first.next)
    expect(asked[0]?.searchParams.get('max')).toBe(String(at - 2))
  })

  test('the quota of the day is made to last, and none is asked of what is spent', async () => {
    const noon = new Date('2026-11-22T12:00:00Z')
    expect(pollAfterMs({ backoffS: 0, remaining: 300 }, noon).ms).toBe(((12 * 3_600_000) / 300) * 5)
    expect(pollAfterMs({ backoffS: 0, remaining: 10_000 }, noon)).toEqual({ ms: 300_000, isUrgent: false })
    expect(pollAfterMs({ backoffS: 0, remaining: 0 }, noon)).toEqual({ ms: 12 * 3_600_000, isUrgent: true })
    const spent = {
      status: 400,
      body: JSON.stringify({
        error_id: 502,
        error_name: 'throttle_violation',
        error_message: 'too many requests from this IP, more requests available in 5400 seconds',
      }),
    }
    expect(await read(() => spent)).toEqual({ kind: 'rate-limited', retryAt: new Date('2026-11-22T13:30:00Z') })
  })

  test('a refusal says why, and what is broken in one item does not hide the others', async () => {
    const refused = {
      status: 400,
      body: JSON.stringify({ error_id: 400, error_name: 'bad_parameter', error_message: 'site' }),
    }
    expect(await read(() => refused)).toMatchObject({
      kind: 'failed',
      hint: 'Stack Exchange refused the question: bad_parameter: site',
    })
    const broken = [
      question(1, { creation_date: 0, answers: 'none' }),
      question(2, { creation_date: 4_000_000_000, comments: ['x', comment(3, { body: null })] }),
      'question',
      question(4, { owner: { user_type: 'does_not_exist', display_name: 'gone' } }),
    ]
    const made = (url: URL) => (url.pathname.endsWith('create') ? api([])(url) : page(broken))
    const { items, problems } = await reader.page(made)
    expect(items.map((post) => [post.postedAt?.getTime() ?? null, post.author?.id ?? null])).toEqual([
      [null, 'stackoverflow.com/42'],
      [null, 'stackoverflow.com/42'],
      [(at - 600) * 1000, null],
    ])
    expect(problems.map((one) => one.problem?.key)).toEqual([
      'entry.date',
      'entry.date',
      'entry.unreadable',
      'entry.unreadable',
      'entry.unreadable',
    ])
  })

  test('pages of tags and of searches are understood on every site', () => {
    expect(readWanted('https://ru.stackoverflow.com/questions/tagged/node.js+c%2b%2b?tab=Newest')).toMatchObject({
      site: 'ru.stackoverflow.com',
      tags: ['node.js', 'c++'],
      words: '',
    })
    expect(readWanted('https://money.stackexchange.com/search?q=acme')).toMatchObject({
      site: 'money.stackexchange.com',
      tags: [],
      words: 'acme',
    })
    expect(readWanted('https://stackoverflow.com/questions/tagged/%ff')?.tags).toEqual(['%ff'])
    for (const typed of [
      'https://serverfault.com/questions/tagged/c%2b%2b+linux',
      'superuser.com/search?q=[ssd]+acme',
    ]) {
      const wanted = readWanted(typed)
      expect(readWanted(wanted?.url ?? '')).toEqual(wanted)
    }
  })
})
