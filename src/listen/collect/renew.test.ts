import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must } from '../../base/errors.ts'
import { list, type Postgres } from '../../base/postgres/postgres.ts'
import { createSecrets } from '../../base/secrets/secrets.ts'
import type { Connector } from '../connectors/connector.ts'
import { credentialOf } from './quota.ts'
import { withRenewedSecrets } from './renew.ts'
import { addSource, findSource, givenSecrets, keepSecrets, openSecrets, type Source } from './source.ts'
import type { CollectWorld } from './world.ts'

let postgres: Postgres
let world: CollectWorld
let project = 0
const never = new AbortController().signal
const secrets = createSecrets(new Uint8Array(32).fill(5))
/** What the platform gives for a token, after whatever happens meanwhile. */
let exchange: (token: string) => Promise<string | null>

const renewing: Connector<unknown> = {
  platform: 'threads',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: false, deletions: false },
    cost: null,
    needs: 'free-key',
  },
  parseConfig: (input) => input,
  renew: async (given) => {
    const token = await exchange(given['token'] ?? '')
    return token === null ? null : { token, renewal: `of ${token}` }
  },
}

beforeAll(async () => {
  postgres = await openTestPostgres()
  const none = () => Promise.reject(new Error('no network here'))
  world = {
    db: postgres.db,
    secrets,
    ...{ request: none, connect: none, stream: none },
    now: () => new Date('2026-11-22T12:00:00Z'),
    log: pino({ level: 'silent' }),
  } as unknown as CollectWorld
  project = must(
    (await list(postgres.db, sql<{ id: number }>`insert into project (name) values ('P') returning id`))[0],
  ).id
})
afterAll(() => postgres[Symbol.asyncDispose]())

async function add(url: string): Promise<Source> {
  const settings = { url }
  return addSource(world, project, renewing, { settings, secrets: { token: 'first', appId: '7' }, name: null })
}
const kept = async ({ id }: Source) => openSecrets(secrets, must(await findSource(world.db, id)))

test('a token is kept before it is read with, and counts for the same quotas', async () => {
  const source = await add('https://threads.example/1')
  const before = credentialOf(await kept(source))
  exchange = async (token) => `${token}-and-more`
  const renewed = await withRenewedSecrets(world, renewing, source, never)
  expect(openSecrets(secrets, renewed)).toMatchObject({ token: 'first-and-more', appId: '7' })
  expect(await kept(source)).toEqual(openSecrets(secrets, renewed))
  expect(credentialOf(await kept(source))).toBe(before)
  const again = await withRenewedSecrets(world, renewing, renewed, never)
  expect(openSecrets(secrets, again)).toMatchObject({ token: 'first-and-more-and-more' })
  expect(credentialOf(await kept(source))).toBe(before)
  expect(Object.keys(givenSecrets(await kept(source))).toSorted()).toEqual(['appId', 'token'])
})

test('what a person types while a token is exchanged stays, and nothing that was noted of the old one', async () => {
  const source = await add('https://threads.example/2')
  exchange = async () => {
    await keepSecrets(world, source, { token: 'typed' })
    return 'exchanged'
  }
  const read = await withRenewedSecrets(world, renewing, source, never)
  expect(openSecrets(secrets, read)).toEqual({ token: 'typed', appId: '7' })
  expect(await kept(source)).toEqual({ token: 'typed', appId: '7' })
})

test('of two processes that exchange at once one is kept whole, and both read on with it', async () => {
  const source = await add('https://threads.example/3')
  let there = 0
  let open = () => {}
  const both = new Promise<void>((resolve) => {
    open = resolve
  })
  exchange = async () => {
    there += 1
    const mine = `token-${there}`
    if (there === 2) open()
    await both
    return mine
  }
  const read = await Promise.all([1, 2].map(() => withRenewedSecrets(world, renewing, source, never)))
  const { token, renewal } = await kept(source)
  expect(renewal).toBe(`of ${token}`)
  for (const one of read) expect(openSecrets(secrets, one)['token']).toBe(token)
})

test('nothing due, nothing sealed, and an exchange that breaks leave the secrets as they are', async () => {
  const source = await add('https://threads.example/4')
  exchange = async () => null
  expect(await withRenewedSecrets(world, renewing, source, never)).toBe(source)
  exchange = async () => Promise.reject(new Error('a mistake of ours'))
  expect(await withRenewedSecrets(world, renewing, source, never)).toBe(source)
  expect(await withRenewedSecrets(world, renewing, { ...source, sealed: null }, never)).toMatchObject({ sealed: null })
})
