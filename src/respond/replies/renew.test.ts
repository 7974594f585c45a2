import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must } from '../../base/errors.ts'
import type { Request } from '../../base/http/request.ts'
import { list, type Postgres } from '../../base/postgres/postgres.ts'
import { createSecrets } from '../../base/secrets/secrets.ts'
import { threadsReplies, type ThreadsAccount } from '../../listen/connectors/threads/reply.ts'
import { keepAccount, openAccount } from './account.ts'
import { renewAccounts, type RenewWorld } from './renew.ts'

let postgres: Postgres
let project = 0
let now = new Date('2026-11-22T12:00:00Z')
const asked: string[] = []
let meanwhile = async () => {}
const secrets = createSecrets(new Uint8Array(32).fill(6))
const request: Request = async (url) => {
  asked.push(url)
  await meanwhile()
  const body = JSON.stringify({
    access_token: `THAA-number-${asked.length}`,
    token_type: 'bearer',
    expires_in: 5_184_000,
  })
  const bytes = new TextEncoder().encode(body)
  return { kind: 'ok', status: 200, headers: {}, body: bytes, url, movedTo: null, requests: 1 }
}

beforeAll(async () => {
  postgres = await openTestPostgres()
  project = must(
    (await list(postgres.db, sql<{ id: number }>`insert into project (name) values ('P') returning id`))[0],
  ).id
})
afterAll(() => postgres[Symbol.asyncDispose]())

test('what an account signs in with is exchanged in time, and what a person connected meanwhile stays', async () => {
  const { db } = postgres
  const log = pino({ level: 'silent' })
  const channels: RenewWorld['channels'] = () => [threadsReplies]
  const world: RenewWorld = { db, secrets, request, allows: () => true, now: () => now, log, channels }
  const never = new AbortController().signal
  const connect = (token: string) =>
    keepAccount(db, secrets, project, {
      account: { token, id: '5', username: 'acme' },
      name: '@acme',
      platform: 'threads',
      by: null,
    })
  const { id: channelId } = await connect('THAA-first')
  const token = async () =>
    ((await openAccount(db, secrets, { projectId: project, channelId })) as ThreadsAccount).token
  await renewAccounts(world, never)
  expect(await token()).toBe('THAA-number-1')
  await renewAccounts(world, never)
  expect(asked).toHaveLength(1)
  now = new Date('2027-01-01T12:00:00Z')
  meanwhile = async () => void (await connect('THAA-typed'))
  await renewAccounts(world, never)
  expect([asked.length, await token()]).toEqual([2, 'THAA-typed'])
})
