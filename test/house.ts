import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openEvents } from '../src/base/events/events.ts'
import { createRequest } from '../src/base/http/request.ts'
import { createConnect } from '../src/base/http/socket.ts'
import { createStream } from '../src/base/http/stream.ts'
import { startJobs } from '../src/base/jobs/jobs.ts'
import { lockDirectory } from '../src/base/lock/lock.ts'
import { openModel } from '../src/base/model/model.ts'
import { createSecrets } from '../src/base/secrets/secrets.ts'
import { inviteMember } from '../src/base/team/member.ts'
import { addProject } from '../src/base/team/project.ts'
import type { Role } from '../src/base/team/role.ts'
import { projectFor, type Who } from '../src/base/team/scope.ts'
import { ensureFirstHead } from '../src/base/team/sign-in-link.ts'
import { readConfig, type Config } from '../src/config.ts'
import { watchCategories } from '../src/listen/categories/watch-categories.ts'
import { Clusters } from '../src/listen/clusters/clusters.ts'
import { watchTopics } from '../src/listen/topics/watch-topics.ts'
import type { Api } from '../src/serve/api/door.ts'
import type { House } from '../src/serve/house.ts'
import { openTestClickhouse, openTestPostgres } from './database.ts'

export type TestHouse = House & AsyncDisposable

/** A whole house on empty engines; only its network reaches this machine. One per test file. */
export async function openTestHouse(change: Partial<Config> = {}): Promise<TestHouse> {
  await using opened = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'heed-test-'))
  opened.defer(() => rm(dataDir, { recursive: true, force: true }))
  const config: Config = {
    ...readConfig({ HEED_HOME: dataDir, HEED_URL: 'http://heed.test', HEED_TRUST_PROXY: '1' }),
    ...change,
  }
  const log = pino({ level: 'silent' })
  const lock = opened.use(lockDirectory(dataDir))
  const clickhouse = opened.use(await openTestClickhouse())
  const postgres = opened.use(await openTestPostgres())
  const events = opened.use(await openEvents(postgres))
  const jobs = opened.use(await startJobs(postgres, log))
  const topics = opened.use(await watchTopics(postgres.db, events, { alone: postgres.embedded }))
  const categories = opened.use(await watchCategories(postgres.db, events))
  const request = createRequest({ allowPrivate: true })
  opened.defer(() => request.close())
  const connect = createConnect({ allowPrivate: true })
  const stream = createStream({ allowPrivate: true })
  opened.defer(() => stream.close())
  const model = openModel({ endpoint: config.stronger.endpoint, embeddingModel: config.embeddingModel })
  opened.defer(() => model?.close())
  const closing = opened.move()
  return {
    ...{ config, log, lock, clickhouse, postgres, events, jobs, topics, categories, request, connect, stream },
    threads: null,
    allows: () => true,
    clusters: new Clusters(clickhouse, { mostPosts: 1_000_000, alone: true }),
    secrets: createSecrets(new Uint8Array(32).fill(5)),
    model,
    now: () => new Date(),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

/** `body` goes out as JSON, `raw` as it is. */
export type Asked = {
  method?: string
  body?: unknown
  raw?: string
  headers?: { [name: string]: string }
}
/** Asks the API as one person; a `body` goes out as JSON, from a page of ours. */
export type Person = { cookie: string; ask(path: string, asked?: Asked): Promise<Response> }

/** The first head, signed in by the link that the start would print. */
export async function enterAsHead(house: House, api: Api): Promise<Person> {
  return enterByLink(house, api, (await ensureFirstHead(house.postgres.db, house.now())) ?? '')
}

export async function enterByLink(house: House, api: Api, token: string): Promise<Person> {
  const answer = await personWith(house, api, '').ask('/api/sign-in/link', {
    method: 'POST',
    body: { token },
  })
  if (answer.status !== 204) throw new Error(`Not signed in: ${answer.status} ${await answer.text()}`)
  return personWith(
    house,
    api,
    answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  )
}

export function personWith(house: House, api: Api, cookie: string): Person {
  return {
    cookie,
    ask: async (path, { method = 'GET', body, raw, headers = {} } = {}) =>
      api.request(path, {
        method,
        headers: {
          cookie,
          ...(method === 'GET' ? {} : { origin: house.config.publicUrl }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}

const inviter: Who = {
  kind: 'member',
  id: 'test',
  name: 'Test',
  email: 'test@heed.test',
  locale: 'en',
  isHead: true,
}

/** A new project, and somebody in it with this role, signed in. */
export async function enterNewProject(
  house: House,
  api: Api,
  role: Role,
  name = `Project of a ${role}`,
): Promise<Person & { project: number }> {
  const { db } = house.postgres
  const { id } = await addProject(db, inviter, { name, timeZone: 'UTC' })
  return { ...(await enterProject(house, api, id, role)), project: id }
}

/** Somebody new in a project that is there already, signed in. */
export async function enterProject(house: House, api: Api, project: number, role: Role): Promise<Person> {
  const { db } = house.postgres
  const scope = await projectFor(db, inviter, project)
  const { token } = await inviteMember(
    db,
    scope,
    { name: `The ${role}`, email: `${role}-${project}@heed.test`, role },
    house.now(),
  )
  return enterByLink(house, api, token ?? '')
}
