import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  enterAsHead,
  enterNewProject,
  enterProject,
  openTestHouse,
  personWith,
  type Person,
  type TestHouse,
} from '../../../test/house.ts'
import { must } from '../../base/errors.ts'
import { listLetters } from '../../base/letters/letter.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { barePost } from '../../listen/posts/post.ts'
import { writeApprovalLetters } from '../../respond/replies/approval-letters.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { ApprovalRequest, Approver, AskedApproval, Reply, TicketReplies } from './shapes/reply.ts'
import type { TicketDetail } from './shapes/ticket.ts'

let house: TestHouse
let api: Api
let moderator: Person & { project: number }
let copywriter: Person
let manager: Person
/** Somebody at the client, who has no account. */
let stranger: Person
let ticket = 0
const mention = 'vk:1'

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  await enterAsHead(house, api)
  moderator = await enterNewProject(house, api, 'moderator')
  copywriter = await enterProject(house, api, moderator.project, 'copywriter')
  manager = await enterProject(house, api, moderator.project, 'manager')
  stranger = personWith(house, api, '')
  await saveMentions(house.clickhouse, [
    {
      post: {
        ...barePost({ id: mention, platform: 'vk', text: 'Карта не работает <b>второй день</b>.', url: null }),
        author: { id: 'vk:ivan', name: 'Иван', handle: 'ivan', bio: null, followers: 5, verified: null },
        postedAt: new Date('2026-11-22T11:00:00Z'),
      },
      ...{ project: moderator.project, sourceId: null, collectedAt: new Date('2026-11-22T11:00:00Z') },
      ...{ langConfidence: 0.99, cluster: mention, topics: [], places: {}, words: noWords },
    },
  ])
  const opened = await ask<TicketDetail>(moderator, 'POST', '/tickets', { mentions: [mention] })
  ticket = opened.ticket.id
  await ask(manager, 'PUT', '/reply-policy', { steps: ['client'] })
})
afterAll(() => house[Symbol.asyncDispose]())

test('only who runs the project says which clients approve by link', async () => {
  const body = { name: 'Ольга', email: 'olga@client.test', lang: 'ru' }
  await expect(ask(moderator, 'POST', '/reply-approvers', body)).rejects.toThrow('404')
  await ask(manager, 'POST', '/reply-approvers', body)
  await ask(manager, 'POST', '/reply-approvers', { name: 'Пётр', email: null, lang: 'ru' })
  await expect(ask(manager, 'POST', '/reply-approvers', { ...body, email: 'no address' })).rejects.toThrow('422')
  const { items } = await ask<{ items: Approver[] }>(manager, 'GET', '/reply-approvers')
  expect(items.map(({ name, email }) => [name, email])).toEqual([
    ['Ольга', 'olga@client.test'],
    ['Пётр', null],
  ])
})

test('a letter goes out when a reply waits for the client, a reminder a day later, and no more', async () => {
  await submit(moderator, 'Иван, карта снова работает.')
  const letters = async (days: number) => {
    const at = new Date(house.now().getTime() + days * 86_400_000)
    await writeApprovalLetters({ ...house, db: house.postgres.db, now: () => at })
    return (await listLetters(house.postgres.db, 100)).letters.map(({ recipient, subject }) => [recipient, subject])
  }
  const first = await letters(0)
  expect(first).toEqual([['olga@client.test', expect.stringContaining('ждёт вашего согласования')]])
  expect(await letters(0.5)).toEqual(first)
  const reminded = await letters(1.1)
  expect(reminded[0]).toEqual(['olga@client.test', expect.stringContaining('Напоминание')])
  expect(await letters(5)).toEqual(reminded)
})

test('of competing drafts a client approves one by link, in own words; the others are put away in the same step', async () => {
  const { db } = house.postgres
  const letters = async () => (await listLetters(db, 100)).letters.length
  const written = await letters()
  const chosen = await submit(copywriter, 'Иван, карта работает с 12:00.')
  // It is behind the link of the first, so nobody is written to once more.
  await writeApprovalLetters({ ...house, db })
  expect(await letters()).toBe(written)
  const [{ link }, { link: other }] = (await links(manager, chosen)) as [ApprovalRequest, ApprovalRequest]
  const asked = await open(link)
  expect(asked).toMatchObject({ approver: 'Ольга', mention: { text: 'Карта не работает <b>второй день</b>.' } })
  expect(asked.replies.map(({ text }) => text)).toEqual([
    'Иван, карта снова работает.',
    'Иван, карта работает с 12:00.',
  ])
  const text = 'Иван, карта работает с 12:00. Извините нас.'
  const settlement = { reply: chosen.id, version: chosen.version, approved: true, text }
  const [one, two] = await Promise.all([settle(link, settlement), settle(other, settlement)])
  expect([one.status, two.status].toSorted((a, b) => a - b)).toEqual([
    200,
    expect.toSatisfy((status: number) => [404, 409, 422].includes(status)),
  ])

  const { items } = await ask<TicketReplies>(moderator, 'GET', `/tickets/${ticket}/replies`)
  const approved = must(items.find(({ id }) => id === chosen.id))
  expect(approved).toMatchObject({ state: 'approved', text, changes: [] })
  expect(['Ольга', 'Пётр']).toContain(approved.approvals[0]?.member)
  expect(items.filter(({ lostTo }) => lostTo === chosen.id).map(({ state, text: lost }) => [state, lost])).toEqual([
    ['dropped', 'Иван, карта снова работает.'],
  ])
  expect((await open(link)).replies).toEqual([])
})

test('a reply that the client gives back comes to its writer with their words, and a new round asks anew', async () => {
  const { items } = await ask<TicketReplies>(moderator, 'GET', `/tickets/${ticket}/replies`)
  for (const { id, state } of items)
    if (state === 'approved') await copywriter.ask(at(`/replies/${id}`), { method: 'DELETE' })
  const reply = await submit(moderator, 'Иван, всё в порядке.')
  const { link } = must((await links(manager, reply))[0])
  await settle(link, { reply: reply.id, version: reply.version, approved: false, comment: 'Скажите, с какого часа' })
  const given = must(
    (await ask<TicketReplies>(moderator, 'GET', `/tickets/${ticket}/replies`)).items.find(({ id }) => id === reply.id),
  )
  expect(given).toMatchObject({ state: 'draft', returned: { member: 'Ольга', comment: 'Скажите, с какого часа' } })
  const again = await submit(moderator, 'Иван, карта работает с 12:00.')
  expect((await open(must((await links(manager, again))[0]).link)).replies).toMatchObject([{ id: reply.id }])
})

test('a link that was changed, or whose person was removed, opens nothing; its writer gets no link', async () => {
  const { items } = await ask<TicketReplies>(moderator, 'GET', `/tickets/${ticket}/replies`)
  const waiting = must(items.find(({ state }) => state === 'waiting'))
  await expect(links(moderator, waiting)).rejects.toThrow('404')
  const [{ link }] = (await links(manager, waiting)) as [ApprovalRequest]
  const refused = [link.replace(/.$/, (sign) => (sign === 'A' ? 'B' : 'A')), link.replace(/\d+-/, '999-')]
  for (const wrong of refused) await expect(open(wrong)).rejects.toThrow('404')
  const [{ id }] = (await ask<{ items: Approver[] }>(manager, 'GET', '/reply-approvers')).items as [Approver]
  await manager.ask(at(`/reply-approvers/${id}`), { method: 'DELETE' })
  await expect(open(link)).rejects.toThrow('404')
  expect(await links(manager, waiting)).toHaveLength(1)

  const own = await submit(manager, 'Иван, карта работает.')
  expect(await links(manager, own)).toEqual([])
})

async function submit(person: Person, text: string): Promise<Reply> {
  const draft = await ask<Reply>(person, 'POST', '/replies', { ticket, mention, account: null })
  const { version } = await ask<Reply>(person, 'PUT', `/replies/${draft.id}/text`, { text, version: draft.version })
  return ask<Reply>(person, 'POST', `/replies/${draft.id}/submission`, { version })
}

async function links(person: Person, { id }: Reply): Promise<ApprovalRequest[]> {
  return (await ask<{ items: ApprovalRequest[] }>(person, 'GET', `/replies/${id}/approval-links`)).items
}

async function open(address: string): Promise<AskedApproval> {
  const link = address.split('/').at(-1)
  const answer = await stranger.ask('/api/public/reply-approval', { method: 'POST', body: { link } })
  if (answer.status !== 200) throw new Error(String(answer.status))
  return (await answer.json()) as AskedApproval
}

function settle(address: string, settlement: object): Promise<Response> {
  const link = address.split('/').at(-1)
  return Promise.resolve(
    stranger.ask('/api/public/reply-settlement', { method: 'POST', body: { link, ...settlement } }),
  )
}

async function ask<T>(person: Person, method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> {
  const answer = await person.ask(at(path), { method, ...(body === undefined ? {} : { body }) })
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

function at(path: string): string {
  return `/api/projects/${moderator.project}${path}`
}
