import { sql } from 'kysely'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  enterAsHead,
  enterNewProject,
  enterProject,
  openTestHouse,
  type Person,
  type TestHouse,
} from '../../../../test/house.ts'
import { must } from '../../../base/errors.ts'
import { first, list } from '../../../base/postgres/postgres.ts'
import { getFirstHead } from '../../../base/team/first-head.ts'
import { startSample } from '../../../listen/collect/sample.ts'
import { bringPosts } from '../../../respond/help/bring-posts.ts'
import { findReplyChannel } from '../../../respond/replies/channel.ts'
import { sendDue } from '../../../respond/replies/send.ts'
import { createApi } from '../api.ts'
import type { Api } from '../door.ts'
import type { HelpPosts, HelpState } from '../shapes/help.ts'
import type { Reply, TicketReplies } from '../shapes/reply.ts'
import type { TicketDetail } from '../shapes/ticket.ts'

let house: TestHouse
let api: Api
let now = new Date()
let moderator: Person & { project: number }
let manager: Person
let client: Person
let head: Person

beforeAll(async () => {
  const opened = await openTestHouse()
  house = { ...opened, now: () => now }
  api = await createApi(house)
  head = await enterAsHead(house, api)
  moderator = await enterNewProject(house, api, 'moderator')
  manager = await enterProject(house, api, moderator.project, 'manager')
  client = await enterProject(house, api, moderator.project, 'client')
})
afterAll(() => house[Symbol.asyncDispose]())

const page = {
  slug: 'bank',
  isOn: true,
  isListed: false,
  lang: 'en',
  title: 'Bank help',
  intro: '',
  moderation: 'first',
}
const at = (path = '') => `/api/projects/${moderator.project}/help${path}`
const setUp = (change: object = {}) => manager.ask(at(), { method: 'PUT', body: { ...page, ...change } })

/** Somebody on the internet, with the cookies of the help page and an address of their own. */
class Visitor {
  cookie = ''
  readonly address: string
  constructor(address: string) {
    this.address = address
  }

  async get(
    path: string,
    headers: { [name: string]: string } = {},
  ): Promise<{ status: number; text: string; headers: Headers }> {
    return this.read(await api.request(path, { headers: { ...this.from(), ...headers } }))
  }

  /** Fills the first form of a page that goes to this address, takes its time, and presses the button. */
  async send(path: string, form: string, fields: { [name: string]: string }, tookMs = 20_000) {
    const { text } = await this.get(path)
    const token = /name="token"\s+value="([^"]+)"/.exec(text)?.[1] ?? ''
    now = new Date(now.getTime() + tookMs)
    return this.post(form, { token, ...fields })
  }

  async post(path: string, fields: { [name: string]: string }, headers: { [name: string]: string } = {}) {
    const sent = { origin: house.config.publicUrl, 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams(fields).toString()
    return this.read(
      await api.request(path, { method: 'POST', body, headers: { ...this.from(), ...sent, ...headers } }),
    )
  }

  private from() {
    return { 'x-forwarded-for': this.address, ...(this.cookie === '' ? {} : { cookie: this.cookie }) }
  }

  private async read(answer: Response) {
    const [cookie] = answer.headers.getSetCookie()
    if (cookie) this.cookie = cookie.split(';')[0]!
    return { status: answer.status, text: await answer.text(), headers: answer.headers }
  }
}

let people = 0
const somebody = () => new Visitor(`198.51.100.${++people}`)

async function write(who: Visitor, fields: { [name: string]: string } = {}, tookMs = 20_000) {
  const question = { kind: 'question', title: 'When does the office open?', text: 'I stand before a closed door.' }
  const sent = await who.send('/help/bank/write', '/help/bank/write', { ...question, ...fields }, tookMs)
  return { ...sent, id: Number(/\/help\/bank\/(\d+)/.exec(sent.headers.get('location') ?? '')?.[1] ?? 0) }
}

async function posts(state: string): Promise<HelpPosts['items']> {
  return ((await (await moderator.ask(at(`/posts?state=${state}`))).json()) as HelpPosts).items
}

const decide = (id: number, body: object) => moderator.ask(at(`/posts/${id}/decision`), { method: 'PUT', body })
const bring = () =>
  bringPosts({ ...house, db: house.postgres.db, publicUrl: house.config.publicUrl }, new AbortController().signal)
/** As after a process that was killed before it wrote down what it had done. */
async function bringAgain(): Promise<void> {
  await sql`update help_post set brought_at = null`.execute(house.postgres.db)
  await bring()
}
const lettersTo = (email: string) =>
  list(
    house.postgres.db,
    sql<{
      text: string
      headers: { [name: string]: string }
    }>`select text, headers from letter where recipient = ${email} order by id`,
  )

test('until a manager switches it on, the page is like one that never was', async () => {
  const reader = somebody()
  const [off, never] = [await reader.get('/help/bank'), await reader.get('/help/nothing-here')]
  expect([off.status, never.status]).toEqual([404, 404])
  const plain = (text: string) => text.replace(/nonce="[^"]*"/g, '')
  expect((await setUp({ isOn: false })).status).toBe(200)
  expect(plain((await reader.get('/help/bank')).text)).toBe(plain(never.text))
  for (const person of [moderator, client])
    expect((await person.ask(at(), { method: 'PUT', body: page })).status).toBe(404)
  expect((await setUp({ slug: 'Не адрес' })).status).toBe(422)
  expect((await setUp()).status).toBe(200)
  const shown = await reader.get('/help/bank')
  expect([shown.status, shown.headers.get('x-robots-tag')]).toEqual([200, 'noindex'])
  expect(shown.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/)
  expect(shown.headers.getSetCookie()).toEqual([])
})

test('what answers from the page is called like the page, also after it got another name', async () => {
  const names = async () =>
    list(house.postgres.db, sql`select name from channel where project_id = ${moderator.project} and platform = 'help'`)
  await setUp({ title: 'Help of the bank' })
  expect(await names()).toEqual([{ name: 'Help of the bank' }])
  await setUp()
  expect(await names()).toEqual([{ name: 'Bank help' }])
})

test('a question waits for a moderator, becomes a mention with a ticket, and the reply stands beneath it as the official answer', async () => {
  const asker = somebody()
  const { id, status } = await write(asker, { name: 'Ann', email: 'ann@x.test' })
  expect(status).toBe(303)
  expect((await somebody().get(`/help/bank/${id}`)).status).toBe(404)
  expect((await asker.get(`/help/bank/${id}`)).text).toContain('Only you see this yet')
  expect((await posts('held')).find((post) => post.id === id)).toMatchObject({ heldFor: ['first'], name: 'Ann' })
  expect((await (await moderator.ask(at())).json()) as HelpState).toMatchObject({ held: 1 })

  expect((await decide(id, { publish: true })).status).toBe(200)
  await bring()
  await bringAgain()
  const [shown] = await posts('public')
  const detail = (await (
    await moderator.ask(`/api/projects/${moderator.project}/tickets/${must(shown?.ticket)}`)
  ).json()) as TicketDetail
  expect(detail.mentions).toHaveLength(1)
  expect(detail.mentions[0]).toMatchObject({
    id: `help:${id}`,
    platform: 'help',
    title: 'When does the office open?',
    author: { name: 'Ann' },
  })

  // The letter asks first, and only the press of its button confirms.
  const link = /\/help\/bank\/confirm\/\S+/.exec((await lettersTo('ann@x.test'))[0]?.text ?? '')?.[0] ?? ''
  expect((await asker.get(link)).text).toContain('Yes, write to me')
  expect((await asker.post(link, {})).status).toBe(200)

  const url = await answer(must(shown?.ticket), `help:${id}`, 'It opens at nine.\nhttps://bank.example/hours')
  expect(url).toMatch(new RegExp(`/help/bank/${id}#\\d+$`))
  await bring()
  await bringAgain()
  const read = await somebody().get(`/help/bank/${id}`)
  expect(read.text).toContain('Official answer of Bank help')
  expect(read.text).toContain('It opens at nine.')
  expect(read.text).toMatch(/rel="nofollow ugc noopener noreferrer"/)
  expect(read.text).not.toContain('ann@x.test')
  const data = JSON.parse(/ld\+json">([^<]+)</.exec(read.text)?.[1] ?? '{}') as { mainEntity: object }
  expect(data.mainEntity).toMatchObject({
    '@type': 'Question',
    answerCount: 1,
    acceptedAnswer: { text: 'It opens at nine.\nhttps://bank.example/hours' },
  })

  // Told once, and one press of the mail program's own button ends it.
  const told = (await lettersTo('ann@x.test')).slice(1)
  expect(told).toHaveLength(1)
  expect(told[0]?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })
  const end = new URL(told[0]?.headers['List-Unsubscribe']?.slice(1, -1) ?? '').pathname
  const byMachine = await api.request(end, {
    method: 'POST',
    body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(byMachine.status).toBe(200)
  await moderator.ask(at(`/posts/${id}/status`), { method: 'PUT', body: { status: 'solved' } })
  expect(await lettersTo('ann@x.test')).toHaveLength(2)
})

/** As a moderator does it: begins a reply beside the ticket, writes and sends it. Returns where it stands. */
async function answer(ticket: number, mention: string, text: string): Promise<string | null> {
  const replies = `/api/projects/${moderator.project}/replies`
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answered = await moderator.ask(path, { method, ...(body && { body }) })
    if (!answered.ok) throw new Error(await answered.text())
    return (await answered.json()) as T
  }
  const { accounts } = await ask<TicketReplies>('GET', `/api/projects/${moderator.project}/tickets/${ticket}/replies`)
  const account = must(accounts.find(({ platform }) => platform === 'help')).id
  const draft = await ask<Reply>('POST', replies, { ticket, mention, account })
  const { version } = await ask<Reply>('PUT', `${replies}/${draft.id}/text`, { text, version: draft.version })
  const despite = ['question', 'language', 'promise', 'alike', 'blame']
  await ask('POST', `${replies}/${draft.id}/sending`, { version, despite })
  const world = { ...house, db: house.postgres.db, settled: async () => {} }
  const channelOf = (platform: string) => findReplyChannel(house.postgres.db, platform)
  await sendDue({ ...world, channelOf }, new AbortController().signal)
  const sent = await ask<TicketReplies>('GET', `/api/projects/${moderator.project}/tickets/${ticket}/replies`)
  const reply = must(sent.items.find(({ id }) => id === draft.id))
  expect(reply).toMatchObject({ state: 'sent', canEdit: true, canRemove: true })
  return reply.url
}

test('an answer is published once, however often its sending is begun', async () => {
  const { db } = house.postgres
  const { id } = await write(somebody(), { title: 'Once?' })
  await decide(id, { publish: true })
  const channel = must(findReplyChannel(db, 'help'))
  const to = {
    id: `help:${id}`,
    url: `http://heed.test/help/bank/${id}`,
    title: null,
    parent: null,
    root: null,
    author: null,
  }
  const reply = { key: 'once', text: 'Once.', lang: 'en', to, begunAt: now }
  const io = { request: house.request, now: () => now, signal: new AbortController().signal }
  const account = { project: moderator.project }
  expect(await channel.find(reply, account, io)).toEqual({ kind: 'absent' })
  const sent = await Promise.all([1, 2, 3].map(() => channel.send(reply, account, io)))
  expect(new Set(sent.map((one) => JSON.stringify(one)))).toHaveLength(1)
  expect(await channel.find(reply, account, io)).toMatchObject({ kind: 'sent' })
  expect(await list(db, sql`select id from help_post where reply_key = 'once'`)).toHaveLength(1)
  // The account of another project publishes nothing here, nor does anybody who types one in.
  expect(await channel.send({ ...reply, key: 'theirs' }, { project: moderator.project + 1 }, io)).toMatchObject({
    kind: 'refused',
  })
  const typed = { platform: 'help', settings: { project: String(moderator.project) } }
  const connected = await manager.ask(`/api/projects/${moderator.project}/reply-accounts`, {
    method: 'POST',
    body: typed,
  })
  expect(connected.status).toBe(422)
})

test('what a visitor wrote is text, wherever it stands', async () => {
  const evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
  const writer = somebody()
  const { id } = await write(writer, {
    title: evil,
    text: `${evil}\njavascript:alert(3) http://a.test/"onmouseover=x`,
    name: evil,
  })
  await decide(id, { publish: true })
  await setUp({ isListed: true })
  for (const path of [
    `/help/bank/${id}`,
    '/help/bank',
    '/help/bank/feed.atom',
    `/help/bank/search?q=${encodeURIComponent(evil)}`,
  ]) {
    const { text, status } = await somebody().get(path)
    expect([status, path]).toEqual([200, path])
    expect(text, path).not.toMatch(/<script>alert|<img/)
    const elements = [...parseHTML(text).document.querySelectorAll('*')]
    expect(elements.flatMap(({ attributes }) => [...attributes]).filter(({ name }) => /^on/i.test(name))).toEqual([])
    const links = elements.flatMap((element) => element.getAttribute('href') ?? [])
    expect(links.filter((link) => !/^(\/|#|https?:)/.test(link))).toEqual([])
  }
  await setUp()
})

test('what is offered while somebody types says why', async () => {
  const { id } = await write(somebody(), { title: 'My samovar has lost its lid', text: 'The courier brought it so.' })
  await decide(id, { publish: true })
  const made = await manager.ask(`/api/projects/${moderator.project}/knowledge/articles`, {
    method: 'POST',
    body: {
      kind: 'article',
      lang: 'en',
      title: 'Samovar spare parts',
      body: '**Lids** of a <b>samovar</b> are sold apart.',
      isPublic: true,
    },
  })
  const article = (await made.json()) as { id: number }
  const hidden = await somebody().get(`/help/bank/articles/${article.id}`)
  expect(hidden.status).toBe(404)
  await manager.ask(`/api/projects/${moderator.project}/knowledge/articles/${article.id}`, {
    method: 'PATCH',
    body: { state: 'ready' },
  })
  const { text } = await somebody().get('/help/bank/similar?q=samovar%20lid')
  expect(text).toContain(`/help/bank/${id}"`)
  expect(text).toContain(`/help/bank/articles/${article.id}"`)
  expect(text).toMatch(/both say: samovar, lid/)
  expect((await somebody().get('/help/bank/similar?q=ab')).text).toBe('')
  const read = await somebody().get(`/help/bank/articles/${article.id}`)
  expect(read.text).toContain('<strong>Lids</strong> of a &lt;b&gt;samovar')
})

test('a voice counts once for a browser, and can be taken back', async () => {
  const { id } = await write(somebody(), { title: 'Who else?' })
  await decide(id, { publish: true })
  const reader = somebody()
  for (const _ of [1, 2]) await reader.send(`/help/bank/${id}`, `/help/bank/${id}/voice`, {})
  expect((await reader.get(`/help/bank/${id}`)).text).toContain('1 voice')
  await reader.send(`/help/bank/${id}`, `/help/bank/${id}/voice`, { back: '1' })
  expect((await reader.get(`/help/bank/${id}`)).text).toContain('0 voices')
})

test('a moderator turns down with a reason that only the author sees, and merges what was asked before', async () => {
  const writer = somebody()
  const { id } = await write(writer, { title: 'Buy our lamps', text: 'Lamps for everybody' })
  await decide(id, { publish: false, reason: 'No advertising, please' })
  expect((await writer.get(`/help/bank/${id}`)).text).toContain('No advertising, please')
  expect((await somebody().get(`/help/bank/${id}`)).status).toBe(404)

  const again = await write(somebody(), { title: 'When is the office open?', text: 'Before which door do I stand?' })
  const similar = (await (await moderator.ask(at(`/posts/${again.id}/similar`))).json()) as { items: { id: number }[] }
  const into = must(similar.items[0]).id
  expect((await moderator.ask(at(`/posts/${again.id}/merge`), { method: 'PUT', body: { into } })).status).toBe(200)
  const moved = await somebody().get(`/help/bank/${again.id}`)
  expect([moved.status, moved.headers.get('location')]).toEqual([301, `/help/bank/${into}?done=merged`])
  expect((await client.ask(at('/posts'))).status).toBe(404)
})

test('a form that fails keeps what was typed and says what is missing', async () => {
  const writer = somebody()
  const bad = await write(writer, { title: '', text: 'What I typed for long', email: 'not an address' })
  expect(bad.status).toBe(422)
  for (const said of ['What I typed for long', 'in one sentence what it is about', 'does not look like an e-mail'])
    expect(bad.text).toContain(said)
  const long = await write(writer, { text: 'x'.repeat(10_001) })
  expect([long.status, long.text.includes('up to 10,000 letters')]).toEqual([422, true])
  expect((await write(writer, { text: 'x'.repeat(200_000) })).status).toBe(413)
  const old = await write(writer, {}, 25 * 3_600_000)
  expect([old.status, old.text.includes('open for long'), old.text.includes('closed door')]).toEqual([422, true, true])
})

test('forms of other sites, invented tokens and traps bring nothing onto the page', async () => {
  const writer = somebody()
  const token = /name="token"\s+value="([^"]+)"/.exec((await writer.get('/help/bank/write')).text)?.[1] ?? ''
  const fields = { token, kind: 'question', title: 'Foreign', text: 'Foreign' }
  expect((await writer.post('/help/bank/write', fields, { origin: 'https://evil.test' })).status).toBe(403)
  expect((await writer.post('/help/bank/write', { ...fields, token: `${token}x` })).status).toBe(422)
  expect((await writer.post('/help/bank/write', fields, { 'content-type': 'application/json' })).status).toBe(422)
  await setUp({ moderation: 'none' })
  const trapped = await write(writer, { title: 'A program was here', website: 'http://spam.test' })
  expect((await posts('rejected')).find(({ id }) => id === trapped.id)?.heldFor).toContain('trap')
  const quick = await write(somebody(), { title: 'Too quick' }, 500)
  expect((await posts('held')).find(({ id }) => id === quick.id)?.heldFor).toEqual(['fast'])
  const calm = await write(somebody(), { title: 'Calm' })
  expect((await posts('public')).map(({ id }) => id)).toContain(calm.id)
  await setUp()
})

test('a member of the team is nobody special on the page', async () => {
  const { id } = await write(somebody(), { title: 'For nobody yet' })
  for (const cookie of [manager.cookie, moderator.cookie]) {
    const read = await api.request(`/help/bank/${id}`, { headers: { cookie } })
    expect(read.status).toBe(404)
  }
})

test('a flood meets a kind page, keeps what was typed, and leaves the product alone', async () => {
  const flooder = somebody()
  const answers: { status: number; text: string; headers: Headers }[] = []
  for (let tries = 0; tries < 12; tries += 1) answers.push(await write(flooder, { title: `Flood ${tries}` }, 4_000))
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(10)
  const refused = must(answers.at(-1))
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.text).toContain('Flood 11')
  expect(refused.text).toContain('Please try again')
  // Others write on, also while the first goes on, and after the process began anew.
  expect((await write(somebody())).status).toBe(303)
  api = await createApi(house)
  expect((await write(flooder)).status).toBe(429)

  const reads = await Promise.all(Array.from({ length: 170 }, () => flooder.get('/help/bank/similar?q=office')))
  expect(reads.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20)
  expect((await moderator.ask(at())).status).toBe(200)
  expect((await somebody().get('/help/bank')).status).toBe(200)
})

test('search engines and readers get what is public, once the page is listed', async () => {
  expect((await somebody().get('/help/sitemap.xml')).text).not.toContain('/help/bank')
  await setUp({ isListed: true })
  const map = (await somebody().get('/help/sitemap.xml')).text
  const held = must((await posts('held'))[0]).id
  const [open] = (await posts('public')).filter(({ topic, mergedInto }) => topic === null && mergedInto === null)
  expect(map).toContain(`<loc>http://heed.test/help/bank/${must(open).id}</loc>`)
  expect(map).not.toContain(`/help/bank/${held}<`)
  const topic = await somebody().get(`/help/bank/${must(open).id}`)
  expect(topic.headers.get('x-robots-tag')).toBeNull()
  expect((await somebody().get('/help/bank/write')).headers.get('x-robots-tag')).toBe('noindex')
  const feed = await somebody().get('/help/bank/feed.atom')
  expect(feed.headers.get('content-type')).toContain('application/atom+xml')
  expect(feed.text).toContain(`<id>http://heed.test/help/bank/${must(open).id}</id>`)
  expect((await somebody().get('/robots.txt')).text).toContain('Sitemap: http://heed.test/help/sitemap.xml')
})

test('the sample has a page of its own, in the language it was begun in whoever opens it, with articles in both', async () => {
  const { db } = house.postgres
  await startSample(db, await getFirstHead(db), { now: house.now(), locale: 'ru' })
  const begin = () => head.ask('/api/sample', { method: 'POST', body: {}, headers: { 'accept-language': 'en' } })
  const { project } = (await (await begin()).json()) as { project: { id: number } }
  const home = await somebody().get('/help/filin-bank')
  expect(home.text).toContain('lang="ru"')
  expect(home.text).toContain('Приложение не открывается')
  const [, link] = must(/href="(\/help\/filin-bank\/articles\/\d+)"/.exec(home.text))
  expect((await somebody().get(must(link))).status).toBe(200)
  // What is asked there is answered from there.
  const accounts = await (await head.ask(`/api/projects/${project.id}/reply-accounts`)).json()
  expect(accounts).toMatchObject({ items: [{ platform: 'help' }] })
  const articles = await list(
    db,
    sql<{ langs: string[] }>`
      select array_agg(t.lang order by t.lang) as langs
      from article a
      join article_text t on t.article_id = a.id and t.current
      where a.project_id = ${project.id}
      group by a.id`,
  )
  expect(articles.length).toBeGreaterThanOrEqual(8)
  expect(new Set(articles.map(({ langs }) => langs.join(' ')))).toEqual(new Set(['en ru']))
  // What people changed since stays.
  await head.ask(`/api/projects/${project.id}/help`, {
    method: 'PUT',
    body: { ...page, slug: 'filin-bank', isOn: false },
  })
  await begin()
  expect((await somebody().get('/help/filin-bank')).status).toBe(404)
})

test('a comment joins the ticket of its topic', async () => {
  const asker = somebody()
  const { id } = await write(asker, { title: 'Where is my card?' })
  await decide(id, { publish: true })
  await bring()
  await asker.send(`/help/bank/${id}`, `/help/bank/${id}/comments`, { text: 'It was sent in March.' })
  await bring()
  const row = await first(
    house.postgres.db,
    sql<{ mentions: number; tickets: number }>`
      select count(*)::int as mentions, count(distinct m.ticket_id)::int as tickets
      from ticket_mention m
      join help_post p on 'help:' || p.id = m.mention_id
      where p.id = ${id} or p.topic_id = ${id}`,
  )
  expect(row).toEqual({ mentions: 2, tickets: 1 })
})
