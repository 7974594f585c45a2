import { sql } from 'kysely'
import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import type { Postgres } from '../postgres/postgres.ts'
import { createSecrets } from '../secrets/secrets.ts'
import { findLetterAccount, saveLetterAccount } from './account.ts'
import { deliverLetters } from './deliver.ts'
import { forgetLetters, isAddress, listLetters, sendAgain, sendLetter } from './letter.ts'

let postgres: Postgres
let server: SMTPServer
let port = 0
let later = 0
const taken: { to: string[]; raw: string }[] = []
/** What the server does with the next texts. */
const does: ('busy' | 'refuse' | 'cut' | 'cut-after')[] = []
const secrets = createSecrets(new Uint8Array(32).fill(3))
const minute = 60_000

beforeAll(async () => {
  postgres = await openTestPostgres()
  server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ password, username }, _session, done) =>
      password === 'right' ? done(null, { user: username ?? '' }) : done(new Error('Invalid login')),
    onData: (stream, session, done) => {
      const how = does.shift()
      let raw = ''
      stream.on('data', (chunk: Buffer) => (raw += chunk.toString()))
      stream.on('end', () => {
        if (how === 'busy') return done(Object.assign(new Error('come later'), { responseCode: 451 }))
        if (how === 'refuse') return done(Object.assign(new Error('nobody here'), { responseCode: 550 }))
        if (how !== 'cut') taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw })
        if (how === 'cut' || how === 'cut-after') return cut()
        done()
      })
    },
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(async () => {
  await new Promise<void>((done) => server.close(done))
  await postgres[Symbol.asyncDispose]()
})
beforeEach(async () => {
  await sql`delete from letter`.execute(postgres.db)
  taken.length = does.length = 0
  later = 0
  await account({})
})

test('without an account letters wait, and leave once there is one, oldest first, each once', async () => {
  await sql`delete from letter_account`.execute(postgres.db)
  for (const key of ['a', 'b', 'a']) await write(key)
  await deliver()
  expect(await states()).toEqual({ a: 'waiting', b: 'waiting' })
  await account({})
  await deliver()
  expect(await states()).toEqual({ a: 'sent', b: 'sent' })
  expect(taken.map(({ to }) => to)).toEqual([['a@mail.test'], ['b@mail.test']])
  for (const key of ['c', 'd']) await write(key)
  // Of several at once the later letter may arrive first.
  await Promise.all([deliver(), deliver(), deliver()])
  expect(new Set(taken.map(({ to }) => to[0]))).toEqual(new Set(['a', 'b', 'c', 'd'].map((key) => `${key}@mail.test`)))
  expect(taken).toHaveLength(4)
  expect(taken[0]?.raw).toContain('From: Heed <desk@bank.test>')
  expect(taken[0]?.raw).toMatch(/^Message-ID: <heed\.[\w-]{36}@bank\.test>/m)
  expect(taken[0]?.raw).toMatch(/^Auto-Submitted: auto-generated/m)
})

test('what was sent is not kept, its key is', async () => {
  await write('a')
  await deliver()
  const { rows } = await postgres.pool.query<{ text: string }>('select text from letter')
  expect(rows).toEqual([{ text: '' }])
  expect(await write('a')).toBe(false)
})

test('headers go along and cannot be broken out of', async () => {
  await sendLetter(postgres.db, {
    key: 'h',
    to: 'a@mail.test',
    subject: 'One\r\nBcc: eve@mail.test',
    text: 'text',
    html: '<p>text</p>',
    headers: { 'List-Unsubscribe': '<https://bank.test/stop>\r\nBcc: eve@mail.test' },
  })
  await deliver()
  expect(taken).toHaveLength(1)
  expect(taken[0]?.raw).toMatch(/^List-Unsubscribe: <https:\/\/bank\.test\/stop>/m)
  expect(taken[0]?.raw).not.toMatch(/^Bcc:/m)
  expect(taken[0]?.to).toEqual(['a@mail.test'])
})

test('a server that is busy is asked again later, one that refuses is not', async () => {
  await write('a')
  await write('b')
  does.push('busy', 'refuse')
  await deliver()
  expect(await states()).toEqual({ a: 'waiting', b: 'refused' })
  await deliver()
  expect(taken).toEqual([])
  later = 2 * minute
  await deliver()
  expect(await states()).toEqual({ a: 'sent', b: 'refused' })
})

test('a connection that breaks while the text goes over leaves the letter to a person, whether it arrived or not', async () => {
  await write('a')
  await write('b')
  does.push('cut', 'cut-after')
  await deliver()
  later = 60 * minute
  await deliver()
  expect(await states()).toEqual({ a: 'unsure', b: 'unsure' })
  expect(taken).toHaveLength(1)
  const { letters } = await listLetters(postgres.db, 10)
  for (const { id } of letters) await sendAgain(postgres.db, id)
  await deliver()
  expect(await states()).toEqual({ a: 'sent', b: 'sent' })
  const ids = taken.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1])
  expect(new Set(ids).size).toBe(2)
})

test('a process that dies before the text goes over loses nothing, one that dies after it leaves the letter unsure', async () => {
  await write('before')
  await write('after')
  const died = new Date(Date.now() - 1)
  await sql`update letter set taken_until = ${died}`.execute(postgres.db)
  await sql`update letter set handed_at = ${died} where key = 'after'`.execute(postgres.db)
  await deliver()
  expect(await states()).toEqual({ before: 'sent', after: 'unsure' })
})

test('an account in trouble is told with the letter, which goes out when it is mended', async () => {
  await account({ password: 'wrong' })
  await write('a')
  await deliver()
  const { letters } = await listLetters(postgres.db, 10)
  expect(letters).toMatchObject([{ state: 'waiting', problem: { key: 'signed-out' } }])
  await account({})
  await deliver()
  expect(await states()).toEqual({ a: 'sent' })
})

test('the server of an account that a person typed has to be one that may be reached', async () => {
  await write('a')
  const allows = () => false
  await deliverLetters({ ...world(), allows }, AbortSignal.timeout(5_000))
  const { letters } = await listLetters(postgres.db, 10)
  expect(letters).toMatchObject([{ state: 'waiting', problem: { key: 'refused-address' } }])
  const config = { letters: { url: `smtp://desk:right@127.0.0.1:${port}`, from: 'Heed <desk@bank.test>' } }
  later = 2 * minute
  await deliverLetters({ ...world(), allows, config }, AbortSignal.timeout(5_000))
  expect(await states()).toEqual({ a: 'sent' })
})

test('a letter that has waited too long is not sent', async () => {
  await sendLetter(postgres.db, { ...letter('a'), until: new Date(Date.now() + minute) })
  later = 2 * minute
  await deliver()
  expect(await states()).toEqual({ a: 'refused' })
  expect(taken).toEqual([])
})

test('letters leave with whom they quote', async () => {
  const { rows } = await postgres.pool.query<{ id: number }>("insert into project (name) values ('p') returning id")
  const project = rows[0]?.id ?? 0
  await sendLetter(postgres.db, { ...letter('a'), project, about: ['ticket:1', 'ticket:2'] })
  await sendLetter(postgres.db, { ...letter('b'), project, about: ['ticket:3'] })
  await forgetLetters(postgres.db, project, ['ticket:2', 'author:x'])
  expect(await states()).toEqual({ b: 'waiting' })
})

test('the account is sealed; an empty password keeps the one of the same server only', async () => {
  const { rows } = await postgres.pool.query<{ sealed: string }>('select sealed from letter_account')
  expect(JSON.stringify(rows)).not.toContain('right')
  await account({ password: '', name: 'Other' })
  expect(await findLetterAccount({ db: postgres.db, secrets, letters: null })).toMatchObject({
    name: 'Other',
    login: { password: 'right' },
  })
  await expect(account({ server: 'smtps://evil.test', password: '' })).rejects.toMatchObject({ field: 'password' })
  await expect(account({ server: 'http://mail.test' })).rejects.toMatchObject({ field: 'server' })
  await expect(account({ address: 'no address' })).rejects.toMatchObject({ field: 'address' })
})

test('one address is one address', () => {
  expect(['a@b.test', 'имя@почта.рф', "o'neil+x@b.test"].filter(isAddress)).toHaveLength(3)
  const wrong = [
    '',
    'a',
    'a@',
    '@b',
    'a@b@c',
    'a@b, c@d',
    'A <a@b.test>',
    'a@b\r\nBcc: c@d',
    `${'a'.repeat(260)}@b.test`,
  ]
  expect(wrong.filter(isAddress)).toEqual([])
})

function letter(key: string) {
  return { key, to: `${key}@mail.test`, subject: `Letter ${key}`, text: 'text' }
}

function write(key: string): Promise<boolean> {
  return sendLetter(postgres.db, letter(key))
}

function account(change: { server?: string; password?: string; address?: string; name?: string }): Promise<void> {
  const input = { server: `smtp://127.0.0.1:${port}`, user: 'desk', password: 'right', address: 'desk@bank.test' }
  return saveLetterAccount({ db: postgres.db, secrets }, { name: 'Heed', ...input, ...change })
}

function world() {
  const now = () => new Date(Date.now() + later)
  return { db: postgres.db, secrets, config: { letters: null }, allows: () => true, now }
}

function deliver(): Promise<void> {
  return deliverLetters(world(), AbortSignal.timeout(8_000))
}

async function states(): Promise<{ [key: string]: string }> {
  const { rows } = await postgres.pool.query<{ key: string; state: string }>(
    'select key, state from letter order by id',
  )
  return Object.fromEntries(rows.map(({ key, state }) => [key, state]))
}

function cut(): void {
  for (const { _socket } of (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections)
    _socket.destroy()
}
