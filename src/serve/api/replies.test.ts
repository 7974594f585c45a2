import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  enterAsHead,
  enterNewProject,
  enterProject,
  openTestHouse,
  type Person,
  type TestHouse,
} from '../../../test/house.ts'
import { must } from '../../base/errors.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { barePost } from '../../listen/posts/post.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { IncidentAnswer } from './shapes/incident-answer.ts'
import type { Reply, ReplyAccount, ReplyWarning, TicketReplies } from './shapes/reply.ts'
import type { TicketDetail } from './shapes/ticket.ts'

let house: TestHouse
let api: Api
let moderator: Person & { project: number }
let manager: Person
let client: Person
let ticket = 0
const mention = 'vk:1'

// A Mastodon server by its documentation, as far as greeting goes.
const server = createServer((asked, answer) => {
  const known = asked.headers.authorization === 'Bearer a-token-of-ours'
  const told = asked.url?.includes('/instance')
    ? { configuration: { statuses: { max_characters: 300 } } }
    : known
      ? { id: '1', acct: 'bank' }
      : { error: 'The access token is invalid' }
  answer.writeHead(known || asked.url?.includes('/instance') ? 200 : 401).end(JSON.stringify(told))
})
let base = ''

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  await enterAsHead(house, api)
  moderator = await enterNewProject(house, api, 'moderator')
  manager = await enterProject(house, api, moderator.project, 'manager')
  client = await enterProject(house, api, moderator.project, 'client')
  await saveMentions(house.clickhouse, [
    {
      post: {
        ...barePost({
          id: mention,
          platform: 'vk',
          text: 'Когда вернут деньги за карту?',
          url: 'https://vk.com/wall1_1',
        }),
        author: { id: 'vk:ivan', name: 'Иван', handle: 'ivan', bio: null, followers: 5, verified: null },
        postedAt: new Date(Date.now() - 3_600_000),
      },
      ...{
        project: moderator.project,
        sourceId: null,
        collectedAt: new Date(),
        langConfidence: null,
        cluster: mention,
        topics: [],
        places: {},
      },
      words: noWords,
    },
  ])
  const opened = await moderator.ask(`/api/projects/${moderator.project}/tickets`, {
    method: 'POST',
    body: { mentions: [mention] },
  })
  ticket = ((await opened.json()) as TicketDetail).ticket.id
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await house[Symbol.asyncDispose]()
})

const at = (path: string) => `/api/projects/${moderator.project}${path}`

async function ask<T>(who: Person, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await who.ask(at(path), { method, ...(body === undefined ? {} : { body }) })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as T)
}

const begin = () => ask<Reply>(moderator, 'POST', '/replies', { ticket, mention, account: null })
const listed = (who: Person) => ask<TicketReplies>(who, 'GET', `/tickets/${ticket}/replies`)

test('a draft is kept as it is typed, and only the team sees it', async () => {
  const draft = await begin()
  const kept = await ask<Reply>(moderator, 'PUT', `/replies/${draft.id}/text`, {
    text: '  Иван, ',
    version: draft.version,
  })
  expect(kept).toMatchObject({ state: 'draft', text: '  Иван, ', version: draft.version + 1, account: null })
  expect((await begin()).id).toBe(draft.id)
  expect((await listed(manager)).items).toMatchObject([{ id: draft.id, text: '  Иван, ' }])
  expect((await listed(client)).items).toEqual([])
  await expect(ask(client, 'POST', '/replies', { ticket, mention, account: null })).rejects.toThrow('404')
  await expect(
    ask(moderator, 'PUT', `/replies/${draft.id}/text`, { text: 'x', version: draft.version }),
  ).rejects.toThrow('reply-changed')
  await ask(moderator, 'DELETE', `/replies/${draft.id}`)
  expect((await listed(moderator)).items).toEqual([])
})

test('the checks say what is wrong, in the language of the person, and a reply goes out in spite of them only when they were read', async () => {
  const draft = await begin()
  const text = 'Иван, мы разберёмся и свяжемся с вами. Вы сами виноваты.'
  const kept = await ask<Reply>(moderator, 'PUT', `/replies/${draft.id}/text`, { text, version: draft.version })
  const { items } = await ask<{ items: ReplyWarning[] }>(moderator, 'POST', `/replies/${draft.id}/checks`, { text })
  expect(items.map(({ check }) => check)).toEqual(['blame', 'question', 'promise'])
  const refused = await moderator.ask(at(`/replies/${draft.id}/posting`), {
    method: 'POST',
    body: { version: kept.version, url: null },
    headers: { 'accept-language': 'ru' },
  })
  expect(await refused.json()).toMatchObject({
    status: 422,
    key: 'reply-warned',
    detail: expect.stringContaining('упрёк'),
  })
  const posted = await ask<Reply>(moderator, 'POST', `/replies/${draft.id}/posting`, {
    version: kept.version,
    url: 'https://vk.com/wall1_1?reply=2',
    despite: ['blame', 'question', 'promise'],
  })
  expect(posted).toMatchObject({
    state: 'sent',
    url: 'https://vk.com/wall1_1?reply=2',
    despite: ['blame', 'question', 'promise'],
  })
  expect((await listed(client)).items).toMatchObject([{ state: 'sent' }])
  const { history } = await ask<TicketDetail>(moderator, 'GET', `/tickets/${ticket}`)
  expect(history.at(-1)).toMatchObject({ kind: 'answered' })
})

test('no reading helps a reply that names another client or says what this one never says, nor does editing it later', async () => {
  const other = await enterNewProject(house, api, 'manager')
  const call = (who: Person, project: number, names: string[], banned: string[]) =>
    who.ask(`/api/projects/${project}/reply-voice`, {
      method: 'PUT',
      body: { names, banned, address: 'formal', languages: ['ru'] },
    })
  expect((await call(moderator, moderator.project, ['Филин'], [])).status).toBe(404)
  expect((await call(manager, moderator.project, ['Филин'], ['наши специалисты'])).status).toBe(200)
  expect((await call(other, other.project, ['Сокол Страхование'], [])).status).toBe(200)
  const draft = await begin()
  const tried = async (text: string) => {
    const { version } = must((await listed(moderator)).items.find(({ id }) => id === draft.id))
    const kept = await ask<Reply>(moderator, 'PUT', `/replies/${draft.id}/text`, { text, version })
    const { items } = await ask<{ items: ReplyWarning[] }>(moderator, 'POST', `/replies/${draft.id}/checks`, { text })
    const despite = items.map(({ check }) => check)
    const sent = ask(moderator, 'POST', `/replies/${draft.id}/posting`, { version: kept.version, url: null, despite })
    await expect(sent).rejects.toThrow('reply-warned')
    return despite
  }
  expect(await tried('Иван, в «Соколе Страховании» деньги вернут 25 ноября.')).toContain('other-client')
  expect(await tried('Иван, наши специалисты вернут деньги 25 ноября.')).toContain('banned')
  expect(await tried('Hello Ivan, your money has been returned today, please check the card.')).toContain('language')
  expect(await tried('Твои деньги вернули сегодня.')).toContain('tone')
  expect(await tried('Мария, деньги вернули сегодня.').catch(() => 'went out')).toBe('went out')
  const sent = must((await listed(moderator)).items.find(({ id }) => id === draft.id))
  expect(sent).toMatchObject({ state: 'sent', despite: ['addressed'] })
  await expect(
    ask(moderator, 'PUT', `/replies/${draft.id}/published`, {
      version: sent.version,
      text: 'Наши специалисты всё вернули.',
    }),
  ).rejects.toThrow('reply-warned')
  expect((await call(manager, moderator.project, ['Филин'], [])).status).toBe(200)
})

test('a manager connects an account after the platform has said who it is, and its token is never shown', async () => {
  const settings = { server: base, token: 'a-token-of-ours' }
  await expect(ask(moderator, 'POST', '/reply-accounts', { platform: 'mastodon', settings })).rejects.toThrow('404')
  await expect(
    ask(manager, 'POST', '/reply-accounts', { platform: 'mastodon', settings: { server: base } }),
  ).rejects.toThrow('"field":"token"')
  await expect(
    ask(manager, 'POST', '/reply-accounts', {
      platform: 'mastodon',
      settings: { ...settings, token: 'another-token' },
    }),
  ).rejects.toThrow('422')
  const account = await ask<ReplyAccount>(manager, 'POST', '/reply-accounts', { platform: 'mastodon', settings })
  expect(account).toMatchObject({
    platform: 'mastodon',
    name: `@bank@${new URL(base).host}`,
    limit: { most: 300, unit: 'mastodon' },
  })
  const shown = await ask<{ items: ReplyAccount[] }>(moderator, 'GET', '/reply-accounts')
  expect(JSON.stringify(shown)).not.toContain('a-token-of-ours')
  await expect(ask(moderator, 'POST', '/replies', { ticket, mention, account: account.id })).rejects.toThrow('404')
  await ask(manager, 'DELETE', `/reply-accounts/${account.id}`)
  expect((await listed(moderator)).accounts).toEqual([])
  expect(await ask(moderator, 'GET', '/reply-model')).toEqual({ model: null })
})

test('with a policy a reply is submitted, approved by the client and then posted', async () => {
  await ask(manager, 'PUT', '/reply-policy', { steps: ['client'] })
  const draft = await begin()
  const text = 'Иван, деньги вернули сегодня, 22 ноября.'
  const kept = await ask<Reply>(moderator, 'PUT', `/replies/${draft.id}/text`, { text, version: draft.version })
  await expect(
    ask(moderator, 'POST', `/replies/${draft.id}/posting`, { version: kept.version, url: null }),
  ).rejects.toThrow('reply-needs-approval')
  await ask(moderator, 'POST', `/replies/${draft.id}/submission`, { version: kept.version })
  const waiting = must((await listed(client)).items.find(({ state }) => state === 'waiting'))
  expect(waiting).toMatchObject({ text, steps: ['client'] })
  await ask(client, 'PUT', `/replies/${draft.id}/approval`, { step: 0, version: waiting.version, approved: true })
  const posted = await ask<Reply>(moderator, 'POST', `/replies/${draft.id}/posting`, {
    version: waiting.version,
    url: null,
  })
  expect(posted).toMatchObject({ state: 'sent', approvals: [{ approved: true, member: 'The client' }] })
  await ask(manager, 'PUT', '/reply-policy', { steps: [] })
})

test('the mention knows that it was answered', async () => {
  const row = await house.clickhouse.row<{ answered: boolean }>(
    'select isNotNull(first_answer_at) as answered from mention final where project_id = {project:UInt32} and id = {mention:String}',
    { project: moderator.project, mention },
  )
  expect(Boolean(row?.answered)).toBe(true)
})

test('everybody of an incident gets one answer, worded for each; what somebody has begun keeps its words', async () => {
  const write = (id: string, name: string) => ({
    post: {
      ...barePost({ id, platform: 'vk', text: 'Приложение не открывается', url: null }),
      author: { id: `vk:${name}`, name, handle: null, bio: null, followers: 5, verified: null },
      postedAt: new Date(Date.now() - 3_600_000),
    },
    ...{ project: moderator.project, sourceId: null, collectedAt: new Date(), langConfidence: null, cluster: id },
    ...{ topics: [], places: {}, words: noWords },
  })
  await saveMentions(house.clickhouse, [write('vk:11', 'Ольга'), write('vk:12', 'Пётр'), write('vk:13', 'Олег')])
  const tickets: number[] = []
  for (const id of ['vk:11', 'vk:12', 'vk:13'])
    tickets.push((await ask<TicketDetail>(moderator, 'POST', '/tickets', { mentions: [id] })).ticket.id)
  const { ticket: first } = await ask<TicketDetail>(moderator, 'PUT', `/tickets/${tickets[0]}/incident`, {
    title: 'Сбой',
  })
  const incident = must(first.incident).id
  for (const other of tickets.slice(1)) await ask(moderator, 'PUT', `/tickets/${other}/incident`, { incident })
  await ask(moderator, 'PUT', `/tickets/${tickets[2]}/status`, { status: 'solved' })
  const text = '{{customer.name}}, здравствуйте! Приложение снова открывается с 14:00. — {{project.name}}'
  const drafts = () => ask<{ items: IncidentAnswer[] }>(moderator, 'POST', `/incidents/${incident}/drafts`, { text })
  const { items } = await drafts()
  expect(items.map(({ author, reply }) => [reply.ticket, author, reply.state, reply.text.split(',')[0]])).toEqual([
    [tickets[0], 'Ольга', 'draft', 'Ольга'],
    [tickets[1], 'Пётр', 'draft', 'Пётр'],
  ])
  expect(items.flatMap(({ warnings }) => warnings.filter(({ blocks }) => blocks))).toEqual([])
  const own = must(items[1]).reply
  await ask(moderator, 'PUT', `/replies/${own.id}/text`, { text: 'Пётр, это было у нас.', version: own.version })
  expect((await drafts()).items.map(({ reply }) => reply.text.split(',')[1])).toEqual([
    ' здравствуйте! Приложение снова открывается с 14:00. — Project of a moderator',
    ' это было у нас.',
  ])
  await expect(ask(client, 'POST', `/incidents/${incident}/drafts`, { text })).rejects.toThrow('404')
})

test('whoever loses the right in the middle does nothing more, and what they wrote stays with the others', async () => {
  const leaving = await enterProject(house, api, moderator.project, 'copywriter')
  const { id, version } = await ask<Reply>(leaving, 'POST', '/replies', { ticket, mention, account: null })
  const text = 'Иван, деньги вернули сегодня, 22 ноября.'
  const kept = await ask<Reply>(leaving, 'PUT', `/replies/${id}/text`, { text, version })
  const { items } = await ask<{ items: { id: string; role: string }[] }>(manager, 'GET', '/members')
  const member = must(items.find(({ role }) => role === 'copywriter')).id
  await ask(manager, 'PATCH', `/members/${member}`, { role: 'client' })
  const gone = [
    ask(leaving, 'PUT', `/replies/${id}/text`, { text: 'Иначе', version: kept.version }),
    ask(leaving, 'POST', `/replies/${id}/posting`, { version: kept.version, url: null }),
    ask(leaving, 'PUT', `/tickets/${ticket}/status`, { status: 'solved' }),
    ask(leaving, 'PUT', `/tickets/${ticket}/presence`, { writes: true }),
    ask(leaving, 'POST', `/tickets/${ticket}/turn`),
  ]
  for (const refused of await Promise.allSettled(gone)) expect(refused).toMatchObject({ status: 'rejected' })
  for (const refused of gone) await expect(refused).rejects.toThrow('404')
  expect((await listed(manager)).items.find((reply) => reply.id === id)).toMatchObject({ state: 'draft', text })
  await ask(manager, 'DELETE', `/members/${member}`)
  await expect(ask(leaving, 'GET', `/tickets/${ticket}`)).rejects.toThrow('404')
})
