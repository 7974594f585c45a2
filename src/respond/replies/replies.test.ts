import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must, NotFound } from '../../base/errors.ts'
import { createRequest } from '../../base/http/request.ts'
import { first, list, type Database, type Postgres } from '../../base/postgres/postgres.ts'
import { createSecrets } from '../../base/secrets/secrets.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { mastodonReplies } from '../../listen/connectors/mastodon/reply.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { barePost } from '../../listen/posts/post.ts'
import { addNote, assignTicket, closeTicket } from '../tickets/change.ts'
import { listHistory } from '../tickets/history.ts'
import { openTicket } from '../tickets/open.ts'
import { connectAccount, listAccounts, type ConnectedAccount } from './account.ts'
import { editPublished, removePublished, settleByHand } from './after-sending.ts'
import { setPolicy, settleStep, submitReply } from './approval.ts'
import { changedSince } from './changed-since.ts'
import { acknowledgeChanges, beginDraft, dropDraft, writeDraft } from './draft.ts'
import { forgetReplies } from './forget.ts'
import { queueReply, sentByHand, takeBack } from './queue.ts'
import { getReply, listReplies, type Reply } from './reply.ts'
import { sendDue, type SendWorld } from './send.ts'
import { tellStream } from './tell-stream.ts'

type Status = { id: string; uri: string; url: string; content: string; created_at: string; in_reply_to_id: string }
type Trouble = 'break-off' | 'break-off-after' | 'slow-down' | 'refuse' | 'signed-out' | 'no-page' | null

let postgres: Postgres
let clickhouse: Clickhouse
let db: Database
let project = 0
let account: ConnectedAccount
/** What the platform does with the next statuses that are posted there. */
let trouble: Trouble[] = []
let published: Status[] = []
let answeredIsThere = true
let base = ''
let now = new Date('2026-11-22T12:00:00Z')

const secrets = createSecrets(new Uint8Array(32).fill(3))
const request = createRequest({ allowPrivate: true, timeoutMs: 2000 })
const anna = { id: 'm1', name: 'Anna' }
const boris = { id: 'm2', name: 'Boris' }
const channelOf = (platform: string) => (platform === 'mastodon' ? mastodonReplies : null)
const io = () => ({ request, now: () => now, signal: new AbortController().signal })

// A Mastodon server by its documentation, which can fail in the middle.
const server = createServer((asked, answer) => void play(asked, answer))

async function play(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { pathname } = new URL(asked.url ?? '', base)
  const json = (value: unknown, status = 200) => answer.writeHead(status).end(JSON.stringify(value))
  const method = asked.method ?? ''
  if (pathname.endsWith('/verify_credentials')) return void json({ id: '1', acct: 'bank' })
  if (pathname.endsWith('/instance')) return void json({ configuration: { statuses: { max_characters: 500 } } })
  if (pathname.endsWith('/search'))
    return void json({ statuses: answeredIsThere ? [{ id: '7', url: `${base}/@ivan/7`, visibility: 'public' }] : [] })
  if (pathname.endsWith('/lookup')) return void json({ error: 'Record not found' }, 404)
  if (pathname === '/api/v1/accounts/1/statuses') return void json(published.toReversed())
  if (pathname.startsWith('/api/v1/statuses/')) {
    const status = published.find(({ id }) => pathname.endsWith(`/${id}`))
    if (!status) return void json({ error: 'Record not found' }, 404)
    if (method === 'DELETE') published = published.filter((one) => one !== status)
    else status.content = (JSON.parse(await bodyOf(asked)) as { status: string }).status
    return void json(status)
  }
  const mode = trouble.shift() ?? null
  if (mode === 'break-off') return void asked.socket.destroy()
  if (mode === 'slow-down') return void answer.writeHead(429, { 'retry-after': '90' }).end()
  if (mode === 'refuse') return void json({ error: 'Text character limit of 500 exceeded' }, 422)
  if (mode === 'signed-out') return void json({ error: 'The access token was revoked' }, 401)
  const posted = JSON.parse(await bodyOf(asked)) as { status: string; in_reply_to_id: string }
  const id = String(100 + published.length)
  const status = {
    id,
    uri: `${base}/users/bank/statuses/${id}`,
    url: `${base}/@bank/${id}`,
    content: `<p>${posted.status}</p>`,
    created_at: now.toISOString(),
    in_reply_to_id: posted.in_reply_to_id,
  }
  published.push(status)
  if (mode === 'break-off-after') return void asked.socket.destroy()
  if (mode === 'no-page') return void answer.writeHead(502).end('<html>Bad gateway</html>')
  json(status)
}

async function bodyOf(asked: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of asked) text += String(chunk)
  return text
}

beforeAll(async () => {
  postgres = await openTestPostgres()
  db = postgres.db
  clickhouse = await openTestClickhouse()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await request.close()
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})
beforeEach(async () => {
  project = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
  for (const { id, name } of [anna, boris, clara, denis]) {
    await sql`insert into member (id, name, email) values (${id}, ${name}, ${`${id}@heed.test`}) on conflict do nothing`.execute(
      db,
    )
    await sql`insert into membership (project_id, member_id, role) values (${project}, ${id}, 'moderator')`.execute(db)
  }
  trouble = []
  published = []
  answeredIsThere = true
  now = new Date('2026-11-22T12:00:00Z')
  const settings = { server: base, token: 'a-token-of-ours' }
  account = await connectAccount(db, secrets, project, { channel: mastodonReplies, settings, by: 'Anna' }, io())
})

/** A ticket for one mention, and a reply to it as far as it is written. */
async function draftFor(writer = anna, text = 'Иван, карта снова работает, проверьте.'): Promise<Reply> {
  const id = `${base}/@ivan/7`
  const mention = {
    post: {
      ...barePost({ id, platform: 'mastodon', text: 'Карта не работает', url: id }),
      author: { id: 'ivan@x', name: 'Иван', handle: 'ivan@social.example', bio: null, followers: 5, verified: null },
      postedAt: new Date('2026-11-22T11:00:00Z'),
    },
    ...{ project, sourceId: null, collectedAt: now, langConfidence: null, cluster: id, topics: [], places: {} },
    words: noWords,
  }
  await saveMentions(clickhouse, [mention])
  const found = must((await findMentions(clickhouse, project, [id]))[0])
  const ticket = await openTicket(db, project, { mentions: [found] }, anna)
  return write(ticket.id, writer, text)
}

async function write(ticket: number, writer: typeof anna, text: string): Promise<Reply> {
  const found = must((await findMentions(clickhouse, project, [`${base}/@ivan/7`]))[0])
  const reply = await beginDraft(db, project, { ticket, mention: found, channel: account.id }, writer)
  return writeDraft(db, project, reply.id, { text, version: reply.version })
}

const atOnce = (version: number) => ({ version, sendAt: null, despite: [] })
const again = (id: number) => getReply(db, project, id)
const world = (): SendWorld => ({
  ...{ db, clickhouse, secrets, request, channelOf },
  allows: () => true,
  now: () => now,
  log: pino({ level: 'silent' }),
  settled: async () => {},
})
const sendNow = () => sendDue(world(), new AbortController().signal)
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}

test('a reply goes out once, under the mention, with the name of its author before it', async () => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  await Promise.all([sendNow(), sendNow(), sendNow()])
  await sendNow()
  expect(published).toMatchObject([
    { in_reply_to_id: '7', content: '<p>@ivan@social.example Иван, карта снова работает, проверьте.</p>' },
  ])
  expect(await again(draft.id)).toMatchObject({
    state: 'sent',
    platformId: '100',
    publishedAs: `${base}/@bank/100`,
    url: `${base}/@bank/100`,
    sentAt: now,
    sentBy: 'Anna',
  })
  expect(await list(db, sql`select * from reply_outbox where reply_id = ${draft.id}`)).toEqual([])
  expect((await listHistory(db, project, draft.ticketId)).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['reply-queued', 'answered']),
  )
})

test('the mention learns when it was first answered, and a later answer changes nothing', async () => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  await sendNow()
  await tellStream(db, clickhouse)
  const answeredAt = async () =>
    (
      await clickhouse.row<{ at: string }>(
        'select toString(first_answer_at) as at from mention final where project_id = {project:UInt32}',
        { project },
      )
    )?.at
  expect(await answeredAt()).toBe('2026-11-22 12:00:00.000')
  later(30)
  const second = await write(draft.ticketId, anna, 'И ещё одно: лимит тоже вернули.')
  await queueReply(db, project, second.id, atOnce(second.version), anna, now)
  await sendNow()
  await tellStream(db, clickhouse)
  expect(published).toHaveLength(2)
  expect(await answeredAt()).toBe('2026-11-22 12:00:00.000')
})

test.each(['break-off-after', 'no-page'] as const)(
  'a reply that is there although the platform did not say so (%s) is found and not sent again',
  async (how) => {
    const draft = await draftFor()
    await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
    trouble = [how]
    await sendNow()
    expect(await again(draft.id)).toMatchObject({ state: 'sending' })
    await sendNow()
    expect(published).toHaveLength(1)
    later(2)
    await sendNow()
    expect(await again(draft.id)).toMatchObject({ state: 'sent', platformId: '100' })
    expect(published).toHaveLength(1)
  },
)

test('a reply that broke off before it was there is sent again once the look-up has proved it', async () => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  trouble = ['break-off', 'break-off']
  await sendNow()
  expect(await again(draft.id)).toMatchObject({ state: 'sending', problem: { key: 'site.unreachable' } })
  later(2)
  await sendNow()
  expect(published).toEqual([])
  later(5)
  await sendNow()
  expect(await again(draft.id)).toMatchObject({ state: 'sent', problem: null })
  expect(published).toHaveLength(1)
})

test('a platform that asks to go slower is asked again at its time', async () => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  trouble = ['slow-down']
  expect(await sendNow()).toEqual(new Date(now.getTime() + 90_000))
  expect(await again(draft.id)).toMatchObject({ state: 'queued', problem: { key: 'reply.slow-down' } })
  later(2)
  await sendNow()
  expect(published).toHaveLength(1)
})

test.each([
  ['refuse', 'reply.refused'],
  ['signed-out', 'reply.not-allowed'],
] as const)('what the platform refuses (%s) comes back to its writer with the reason', async (how, key) => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  trouble = [how]
  await sendNow()
  const refused = await again(draft.id)
  expect(refused).toMatchObject({ state: 'refused', problem: { key } })
  const rewritten = await writeDraft(db, project, draft.id, { text: 'Короче.', version: refused.version })
  expect(rewritten).toMatchObject({ state: 'draft', problem: null })
})

test('a mention that was deleted at the platform is not answered', async () => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  answeredIsThere = false
  await sendNow()
  expect(await again(draft.id)).toMatchObject({ state: 'refused', problem: { key: 'reply.gone' } })
})

test('an account that was disconnected sends nothing any more', async () => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  await sql`update channel set sealed = 'v1.other' where id = ${account.id}`.execute(db)
  await sendNow()
  expect(await again(draft.id)).toMatchObject({ state: 'refused', problem: { key: 'reply.no-account' } })
  expect(published).toEqual([])
})

test('the same account connected again is one account, and its token is nowhere readable', async () => {
  const settings = { server: base, token: 'another-token' }
  await connectAccount(db, secrets, project, { channel: mastodonReplies, settings, by: 'Boris' }, io())
  expect(await listAccounts(db, project)).toMatchObject([{ id: account.id, connectedBy: 'Boris' }])
  expect(JSON.stringify(await list(db, sql`select * from channel`))).not.toContain('another-token')
})

test('of two people who answer the same ticket at once only one reply goes out, and the other sees what changed', async () => {
  const ours = await draftFor(anna)
  const both = [ours, await write(ours.ticketId, boris, 'Карта разблокирована, извините за ожидание.')]
  const writers = [anna, boris]
  const queue = (at: number) =>
    queueReply(db, project, must(both[at]).id, atOnce(must(both[at]).version), must(writers[at]), now)
  const outcomes = await Promise.allSettled([queue(0), queue(1)])
  await sendNow()
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(published).toHaveLength(1)
  // On servers either may be the quicker one.
  const second = outcomes.findIndex(({ status }) => status === 'rejected')
  await expect(queue(second)).rejects.toMatchObject({ key: 'reply-ticket-changed' })
  const changes = await changedSince(db, await again(must(both[second]).id))
  expect(changes.map(({ kind }) => kind)).toEqual(['reply-queued', 'answered'])
  await acknowledgeChanges(db, project, must(both[second]).id, must(changes.at(-1)).id)
  await queue(second)
  await sendNow()
  expect(published).toHaveLength(2)
})

test('two who have both seen that the other is at the ticket are asked once more when the answer of one is out', async () => {
  const ours = await draftFor(anna)
  const theirs = await write(ours.ticketId, boris, 'Карта разблокирована, извините за ожидание.')
  const seen = async ({ id }: Reply) => {
    const changes = await changedSince(db, await again(id))
    await acknowledgeChanges(db, project, id, must(changes.at(-1)).id)
    return changes.map(({ kind }) => kind)
  }
  await addNote(db, project, ours.ticketId, 'Отвечаю', anna)
  await addNote(db, project, ours.ticketId, 'Я тоже', boris)
  expect([await seen(ours), await seen(theirs)]).toEqual([['note-added'], ['note-added']])
  await queueReply(db, project, ours.id, atOnce(ours.version), anna, now)
  await sendNow()
  const second = () => queueReply(db, project, theirs.id, atOnce(theirs.version), boris, now)
  await expect(second()).rejects.toMatchObject({ key: 'reply-ticket-changed' })
  expect(published).toHaveLength(1)
  expect(await seen(theirs)).toEqual(['reply-queued', 'answered'])
  await second()
  await sendNow()
  expect(published).toHaveLength(2)
})

test('what somebody else does to the ticket while a reply waits for its time stops it; what its writer does does not', async () => {
  const draft = await draftFor()
  const at = new Date(now.getTime() + 3_600_000)
  await queueReply(db, project, draft.id, { version: draft.version, sendAt: at, despite: [] }, anna, now)
  await addNote(db, project, draft.ticketId, 'Отправлю в час', anna)
  await sendNow()
  expect(await again(draft.id)).toMatchObject({ state: 'queued', sendAt: at })
  await addNote(db, project, draft.ticketId, 'Клиент перезвонил сам', boris)
  later(61)
  await sendNow()
  expect(published).toEqual([])
  const stopped = await again(draft.id)
  expect(stopped).toMatchObject({ state: 'draft', sendAt: null, problem: { key: 'reply.ticket-changed' } })
  expect(await changedSince(db, stopped)).toMatchObject([
    { kind: 'note-added', actor: 'Boris', note: 'Клиент перезвонил сам' },
  ])
})

test('a reply that waits does not go out when its sender may no longer reply, and another person sends it', async () => {
  const draft = await draftFor()
  const at = new Date(now.getTime() + 3_600_000)
  await queueReply(db, project, draft.id, { version: draft.version, sendAt: at, despite: [] }, anna, now)
  await sql`update membership set role = 'client' where member_id = ${anna.id} and project_id = ${project}`.execute(db)
  later(61)
  await sendNow()
  expect(published).toEqual([])
  const stopped = await again(draft.id)
  expect(stopped).toMatchObject({
    state: 'draft',
    sendAt: null,
    problem: { key: 'reply.sender-gone', values: { name: 'Anna' } },
  })
  await queueReply(db, project, draft.id, atOnce(stopped.version), boris, now)
  await sendNow()
  expect(published).toHaveLength(1)
})

test('a program sends as long as its key is there', async () => {
  const { id } = must(
    await first(
      db,
      sql<{ id: number }>`
        insert into api_key (project_id, name, role, hash, prefix, made_by)
        values (${project}, 'CRM', 'moderator', ${randomUUID()}, 'heed_', 'Anna') returning id`,
    ),
  )
  const program = { id: `key:${id}`, name: 'CRM' }
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), program, now)
  await sendNow()
  expect(published).toHaveLength(1)
  const second = await draftFor()
  await queueReply(db, project, second.id, atOnce(second.version), program, now)
  await sql`delete from api_key where id = ${id}`.execute(db)
  await sendNow()
  expect(published).toHaveLength(1)
  expect(await again(second.id)).toMatchObject({ state: 'draft', problem: { key: 'reply.sender-gone' } })
})

test('a reply that waits can be taken back, and one on its way cannot', async () => {
  const draft = await draftFor()
  await queueReply(
    db,
    project,
    draft.id,
    { version: draft.version, sendAt: new Date(now.getTime() + 60_000), despite: [] },
    anna,
    now,
  )
  expect(await takeBack(db, project, draft.id, anna)).toMatchObject({ state: 'draft', sendAt: null })
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  trouble = ['break-off']
  await sendNow()
  await expect(takeBack(db, project, draft.id, anna)).rejects.toMatchObject({ key: 'reply-past' })
})

test('nobody sends a text that they have not read, an empty one, or one in a closed ticket', async () => {
  const draft = await draftFor()
  const changed = await writeDraft(db, project, draft.id, { text: 'Иначе', version: draft.version })
  await expect(queueReply(db, project, draft.id, atOnce(draft.version), boris, now)).rejects.toMatchObject({
    key: 'reply-changed',
  })
  const empty = await writeDraft(db, project, draft.id, { text: ' ', version: changed.version })
  await expect(queueReply(db, project, draft.id, atOnce(empty.version), anna, now)).rejects.toMatchObject({
    key: 'reply-empty',
  })
  const full = await writeDraft(db, project, draft.id, { text: 'Готово', version: empty.version })
  await closeTicket(db, project, draft.ticketId, anna)
  await expect(queueReply(db, project, draft.id, atOnce(full.version), anna, now)).rejects.toMatchObject({
    key: 'ticket-closed',
  })
  await dropDraft(db, project, draft.id)
  expect(await listReplies(db, project, draft.ticketId)).toEqual([])
})

const clara = { id: 'm3', name: 'Clara', role: 'manager' as const }
const denis = { id: 'm4', name: 'Denis', role: 'head' as const }

test('a reply goes through its steps: each another person of the role, the approver may word it anew, the last one opens the way', async () => {
  await setPolicy(db, project, ['manager', 'head'])
  const draft = await draftFor()
  await expect(queueReply(db, project, draft.id, atOnce(draft.version), anna, now)).rejects.toMatchObject({
    key: 'reply-needs-approval',
  })
  const waiting = await submitReply(db, project, draft.id, draft.version, anna)
  expect(waiting).toMatchObject({ state: 'waiting', steps: ['manager', 'head'] })
  const step = { step: 0, version: waiting.version, approved: true }
  await expect(settleStep(db, project, draft.id, step, { ...anna, role: 'head' })).rejects.toMatchObject({
    key: 'reply-approve-other',
  })
  await expect(settleStep(db, project, draft.id, step, { ...boris, role: 'moderator' })).rejects.toBeInstanceOf(
    NotFound,
  )
  const first = await settleStep(db, project, draft.id, { ...step, text: 'Иван, карта работает.' }, clara)
  expect(first).toMatchObject({ state: 'waiting', text: 'Иван, карта работает.', version: waiting.version + 1 })
  await expect(
    settleStep(db, project, draft.id, { step: 1, version: first.version, approved: true }, { ...clara, role: 'head' }),
  ).rejects.toMatchObject({ key: 'reply-approve-other' })
  await settleStep(db, project, draft.id, { step: 1, version: first.version, approved: true }, denis)
  await queueReply(db, project, draft.id, atOnce(first.version), anna, now)
  await sendNow()
  expect(published).toMatchObject([{ content: '<p>@ivan@social.example Иван, карта работает.</p>' }])
  expect(
    await list(db, sql`select version, text, written_by from reply_text where reply_id = ${draft.id} order by version`),
  ).toEqual([
    { version: waiting.version, text: 'Иван, карта снова работает, проверьте.', writtenBy: 'Anna' },
    { version: first.version, text: 'Иван, карта работает.', writtenBy: 'Clara' },
  ])
})

test('two approvals at once settle one step, and the second person hears who was first', async () => {
  await setPolicy(db, project, ['manager', 'manager'])
  const draft = await draftFor()
  await submitReply(db, project, draft.id, draft.version, anna)
  const step = { step: 0, version: draft.version, approved: true }
  const outcomes = await Promise.allSettled([
    settleStep(db, project, draft.id, step, clara),
    settleStep(db, project, draft.id, step, denis),
  ])
  // On servers either may be the quicker one.
  const name = outcomes[0].status === 'fulfilled' ? 'Clara' : 'Denis'
  expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { key: 'reply-step-approved', values: { name } } },
  ])
  expect(await again(draft.id)).toMatchObject({ state: 'waiting', approvals: [{ step: 0, member: name }] })
})

test('a reply that comes back with a comment begins its steps anew, and so does an approved one that is changed', async () => {
  await setPolicy(db, project, ['manager'])
  const draft = await draftFor()
  await submitReply(db, project, draft.id, draft.version, anna)
  const back = await settleStep(
    db,
    project,
    draft.id,
    { step: 0, version: draft.version, approved: false, comment: 'Без «проверьте»' },
    clara,
  )
  expect(back).toMatchObject({
    state: 'draft',
    approvals: [],
    returned: { member: 'Clara', comment: 'Без «проверьте»' },
  })
  const better = await writeDraft(db, project, draft.id, { text: 'Иван, карта работает.', version: back.version })
  await submitReply(db, project, draft.id, better.version, anna)
  expect(
    await settleStep(db, project, draft.id, { step: 0, version: better.version, approved: true }, clara),
  ).toMatchObject({ state: 'approved' })
  const changed = await writeDraft(db, project, draft.id, { text: 'Ещё иначе.', version: better.version })
  expect(changed).toMatchObject({ state: 'draft', approvals: [] })
})

test('a published reply is edited and removed where the platform allows, and its texts stay', async () => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  await sendNow()
  const desk = { db, secrets, channelOf, io: io() }
  const edited = await editPublished(
    desk,
    project,
    draft.id,
    { version: draft.version, text: 'Иван, всё работает.' },
    anna,
  )
  expect(edited).toMatchObject({ state: 'sent', text: 'Иван, всё работает.' })
  expect(published[0]?.content).toBe('@ivan@social.example Иван, всё работает.')
  expect(await removePublished(desk, project, draft.id, anna)).toMatchObject({
    state: 'removed',
    text: 'Иван, всё работает.',
  })
  expect(published).toEqual([])
  expect(await list(db, sql`select text from reply_text where reply_id = ${draft.id} order by version`)).toHaveLength(2)
})

test('where nobody can say what came of it, a person looks and says it', async () => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  trouble = ['break-off']
  const blind: SendWorld = {
    ...world(),
    channelOf: () => ({
      ...mastodonReplies,
      find: async () => ({ kind: 'unknown', problem: { key: 'email.no-copy', values: {} } }),
    }),
  }
  for (let turn = 0; turn < 10; turn += 1) {
    await sendDue(blind, new AbortController().signal)
    later(60)
  }
  expect(await again(draft.id)).toMatchObject({ state: 'unsure', problem: { key: 'email.no-copy' } })
  expect(published).toEqual([])
  expect(await settleByHand(db, project, draft.id, { there: false }, anna)).toMatchObject({
    state: 'draft',
    problem: null,
  })
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  await sendNow()
  expect(published).toHaveLength(1)
})

test('a reply that a person posted themselves is kept like the others', async () => {
  const draft = await draftFor()
  const url = 'https://otzovik.example/1#answer'
  const odd = { version: draft.version, url: 'javascript:alert(1)', despite: [] }
  await expect(sentByHand(db, project, draft.id, odd, anna)).rejects.toMatchObject({ key: 'site.url' })
  expect(
    await sentByHand(db, project, draft.id, { version: draft.version, url, despite: ['promise'] }, anna),
  ).toMatchObject({
    ...{ state: 'sent', url, sentBy: 'Anna', channelId: null, despite: ['promise'] },
  })
  const kinds = (await listHistory(db, project, draft.ticketId)).map(({ kind }) => kind)
  expect(kinds.at(-1)).toBe('answered')
})

test('a reply does not exist in another project', async () => {
  const draft = await draftFor()
  await expect(getReply(db, project + 1, draft.id)).rejects.toThrow(NotFound)
  await expect(queueReply(db, project + 1, draft.id, atOnce(draft.version), anna, now)).rejects.toThrow(NotFound)
})

test('a ticket that was given to somebody else counts as a change', async () => {
  const draft = await draftFor()
  await sql`insert into member (id, name, email) values ('m2', 'Boris', 'b@x') on conflict do nothing`.execute(db)
  const findMember = async () => ({ name: 'Boris' })
  await assignTicket(db, project, draft.ticketId, { member: 'm2', findMember }, boris)
  expect(await changedSince(db, draft)).toMatchObject([{ kind: 'assigned', to: 'Boris' }])
})

test('what was written to somebody who is forgotten is gone with its versions', async () => {
  const draft = await draftFor()
  await queueReply(db, project, draft.id, atOnce(draft.version), anna, now)
  await sendNow()
  await forgetReplies(db, project, [], ['ivan@x'])
  expect(await list(db, sql`select id from reply where project_id = ${project}`)).toEqual([])
  expect(await list(db, sql`select text from reply_text where reply_id = ${draft.id}`)).toEqual([])
})
