import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startProgress } from '../src/base/progress/progress.ts'
import { createApi } from '../src/serve/api/api.ts'
import type { Api } from '../src/serve/api/door.ts'
import { enterNewProject, openTestHouse, personWith, type Person, type TestHouse } from './house.ts'
import { fill, inProject } from './operations.ts'
import type { Described } from './sample-body.ts'

let house: TestHouse
let api: Api
type InProject = Person & { project: number }
let mine: InProject
let theirs: InProject

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  mine = await enterNewProject(house, api, 'head', 'Mine')
  theirs = await enterNewProject(house, api, 'manager', 'Theirs')
})
afterAll(() => house[Symbol.asyncDispose]())

describe('another project is not there', () => {
  test('for every operation of the document, read or write, by cookie and by key', async () => {
    const { document, ids } = await describeTheirs()
    const key = await keyOf(mine)
    const operations = inProject(document)
    expect(operations.length).toBeGreaterThan(12)
    for (const { method, path, body } of operations) {
      const address = fill(path, theirs.project, ids)
      const asked = { method, ...(body === undefined ? {} : { body }) }
      for (const answer of [await mine.ask(address, asked), await byKey(key, address, asked)]) {
        expect([answer.status, `${method} ${path}`]).toEqual([404, `${method} ${path}`])
        expect(await answer.json()).toMatchObject({ key: 'not-found' })
      }
    }
    expect((await theirs.ask(`/api/projects/${theirs.project}`)).status).toBe(200)
  })

  test('for ids of its things under an address of ours', async () => {
    const { document, ids } = await describeTheirs()
    for (const { method, path, body } of inProject(document).filter((one) => one.path.includes('{id}'))) {
      const answer = await mine.ask(fill(path, mine.project, ids), { method, ...(body === undefined ? {} : { body }) })
      expect([answer.status, `${method} ${path}`]).toEqual([404, `${method} ${path}`])
    }
    const left = await countTheirs()
    expect(left).toEqual({ keys: 2, members: 1, cancelled: 0 })
  })

  test('for every role below the one an operation needs', async () => {
    const client = await enterNewProject(house, api, 'client')
    const ours = `/api/projects/${client.project}`
    expect((await client.ask(ours)).status).toBe(200)
    const refused: [string, string, object?][] = [
      ['PATCH', '', { name: 'x' }],
      ['DELETE', ''],
      ['POST', '/members', { name: 'x', email: 'x@heed.test', role: 'client' }],
      ['GET', '/api-keys'],
      ['POST', '/api-keys', { name: 'x', role: 'client' }],
      ['GET', '/audit'],
    ]
    for (const [method, path, body] of refused)
      expect([(await client.ask(`${ours}${path}`, { method, body })).status, path]).toEqual([404, path])
    expect((await client.ask('/api/projects', { method: 'POST', body: { name: 'x', timeZone: 'UTC' } })).status).toBe(
      404,
    )
  })
})

/** Ids of real things in their project, by the part of the path in front of `{id}`. */
async function describeTheirs(): Promise<{ document: Described; ids: { [part: string]: string } }> {
  const at = `/api/projects/${theirs.project}`
  const document = (await (await api.request('/api/openapi.json')).json()) as Described
  const list = async (part: string) =>
    ((await (await theirs.ask(`${at}/${part}`)).json()) as { items: { id: string }[] }).items[0]?.id ?? ''
  await theirs.ask(`${at}/api-keys`, { method: 'POST', body: { name: 'theirs', role: 'client' } })
  const { id } = await startProgress(house.postgres.db, theirs.project, { kind: 'import', title: 'theirs' })
  return { document, ids: { members: await list('members'), 'api-keys': String(await list('api-keys')), progress: id } }
}

async function countTheirs() {
  const { rows } = await sql<{ keys: number; members: number; cancelled: number }>`
    select (select count(*) from api_key where project_id = ${theirs.project}) as keys,
      (select count(*) from membership where project_id = ${theirs.project}) as members,
      (select count(*) from progress where project_id = ${theirs.project} and cancel_asked) as cancelled`.execute(
    house.postgres.db,
  )
  return rows[0]!
}

async function keyOf(person: InProject): Promise<string> {
  const made = await person.ask(`/api/projects/${person.project}/api-keys`, {
    method: 'POST',
    body: { name: 'all', role: 'head' },
  })
  return ((await made.json()) as { secret: string }).secret
}

function byKey(key: string, path: string, asked: { method: string; body?: unknown }): Promise<Response> {
  return personWith(house, api, '').ask(path, { ...asked, headers: { authorization: `Bearer ${key}` } })
}
