import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../src/base/errors.ts'
import { startProgress } from '../src/base/progress/progress.ts'
import { createApi } from '../src/serve/api/api.ts'
import type { Api } from '../src/serve/api/door.ts'
import { enterNewProject, openTestHouse, personWith, type Asked, type Person, type TestHouse } from './house.ts'
import { fill, inProject, type Operation } from './operations.ts'
import type { Described } from './sample-body.ts'

let house: TestHouse
let api: Api
type InProject = Person & { project: number }
let mine: InProject
let theirs: InProject
let operations: Operation[]
let ids: { [part: string]: string }

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  mine = await enterNewProject(house, api, 'head', 'Mine')
  theirs = await enterNewProject(house, api, 'manager', 'Theirs')
  operations = inProject((await (await api.request('/api/openapi.json')).json()) as Described)
  ids = await makeTheirThings()
})
afterAll(() => house[Symbol.asyncDispose]())

describe('another project is not there', () => {
  test('for every operation of the document, read or write, by cookie and by key', async () => {
    const before = await readTheirs()
    const key = await keyOf(mine)
    expect(operations.length).toBeGreaterThan(12)
    for (const { method, path, body } of operations) {
      const address = fill(path, theirs.project, ids)
      const asked = { method, ...(body === undefined ? {} : { body }) }
      for (const answer of [await mine.ask(address, asked), await byKey(key, address, asked)]) {
        expect([answer.status, `${method} ${path}`]).toEqual([404, `${method} ${path}`])
        expect(await answer.json()).toMatchObject({ key: 'not-found' })
      }
    }
    expect(await readTheirs()).toEqual(before)
  })

  test('for ids of its things under an address of ours', async () => {
    const before = await readTheirs()
    // A list is kept by its name, and the same name in our project is our list.
    const byId = operations.filter(
      ({ method, path }) => path.includes('{id}') && !(method === 'PUT' && path.endsWith('/lists/{id}')),
    )
    for (const { method, path, body } of byId) {
      const answer = await mine.ask(fill(path, mine.project, ids), {
        method,
        ...(body === undefined ? {} : { body }),
      })
      expect([answer.status, `${method} ${path}`]).toEqual([404, `${method} ${path}`])
    }
    expect(await readTheirs()).toEqual(before)
  })

  test('for ids of its mentions in a change of ours', async () => {
    const change = { ids: [ids['mentions']], addTags: ['stolen'], important: true }
    const answer = await mine.ask(`/api/projects/${mine.project}/mentions`, {
      method: 'PATCH',
      body: change,
    })
    expect(await answer.json()).toEqual({ changed: 0 })
    expect(JSON.stringify(await readTheirs())).not.toContain('stolen')
  })

  test('for ids of its mentions in a ticket of ours', async () => {
    const before = await readTheirs()
    const answer = await mine.ask(`/api/projects/${mine.project}/tickets`, {
      method: 'POST',
      body: { mentions: [ids['mentions']] },
    })
    expect([404, 422]).toContain(answer.status)
    expect(await readTheirs()).toEqual(before)
  })

  test('for every role below the one an operation needs', async () => {
    const client = await enterNewProject(house, api, 'client')
    const ours = `/api/projects/${client.project}`
    expect((await client.ask(ours)).status).toBe(200)
    for (const { method, path, body } of operations.filter((one) => one.method !== 'GET' && !asking.has(one.path))) {
      const answer = await client.ask(fill(path, client.project, ids), {
        method,
        ...(body === undefined ? {} : { body }),
      })
      expect([answer.status, `${method} ${path}`]).toEqual([404, `${method} ${path}`])
    }
    for (const path of ['/api-keys', '/audit', '/export?format=csv'])
      expect([(await client.ask(ours + path)).status, path]).toEqual([404, path])
    const project = { name: 'x', timeZone: 'UTC' }
    expect((await client.ask('/api/projects', { method: 'POST', body: project })).status).toBe(404)
  })
})

/** These change nothing, so whoever may read may send them. */
const asking = new Set(
  ['check', 'preview', 'explain', 'quality', 'clauses', 'clause'].map(
    (what) => `/api/projects/{project}/query/${what}`,
  ),
)

/** One of everything that a path can name by `{id}`, in their project. */
async function makeTheirThings(): Promise<{ [part: string]: string }> {
  const at = `/api/projects/${theirs.project}`
  const make = async (path: string, asked: Omit<Asked, 'method'>) => {
    const answer = await theirs.ask(`${at}/${path}`, { method: 'POST', ...asked })
    expect([answer.status, path]).toEqual([200, path])
    return (await answer.json()) as {
      id: number
      key: { id: number }
      ticket: { id: number }
      webhook: { id: number }
      moves: { id: number }[]
      play: { id: number }
    }
  }
  const { items } = (await (await theirs.ask(`${at}/members`)).json()) as {
    items: { id: string }[]
  }
  const at0 = '2026-03-01 00:00:00'
  const mention = { project_id: theirs.project, text: 'theirs', author_id: 'x:theirs', version: 1 }
  await house.clickhouse.insert(
    'mention',
    ['x:1', 'x:2'].map((id) => ({ ...mention, id, posted_at: at0, collected_at: at0 })),
  )
  const list = await theirs.ask(`${at}/lists/theirs`, { method: 'PUT', body: { query: 'theirs' } })
  expect(list.status).toBe(200)
  const ticket = await make('tickets', { body: { mentions: ['x:1'], title: 'theirs' } })
  const other = await make('tickets', { body: { mentions: ['x:2'], title: 'theirs' } })
  const merged = await make(`tickets/${other.ticket.id}/merge`, { body: { into: ticket.ticket.id } })
  const incident = await theirs.ask(`${at}/tickets/${ticket.ticket.id}/incident`, {
    method: 'PUT',
    body: { title: 'theirs' },
  })
  expect(incident.status).toBe(200)
  const { incident: one } = ((await incident.json()) as { ticket: { incident: { id: number } } }).ticket
  const webhook = await make('webhooks', {
    body: { name: 'theirs', url: 'https://theirs.test/', kinds: ['ticket.opened'], topics: [] },
  })
  const step = { title: 'theirs', help: '', minutes: null, aroundTheClock: true, role: null, member: null, text: null }
  const playbook: number = (await make('playbooks', { body: { name: 'theirs', kind: 'natural', steps: [step] } })).id
  await make(`playbooks/${playbook}/approval`, {})
  const policy = operations.find(({ method, path }) => method === 'POST' && path.endsWith('/policies'))
  return {
    members: items[0]?.id ?? '',
    mentions: 'x:1',
    mention: 'x:1',
    n: '0',
    authors: 'x:theirs',
    lists: 'theirs',
    'category-sets': String(
      (await make('category-sets', { body: { name: 'theirs', categories: ['mine', 'yours'] } })).id,
    ),
    tickets: String(ticket.ticket.id),
    'ticket-moves': String(must(merged.moves[0]).id),
    'ticket-queues': String((await make('ticket-queues', { body: { name: 'theirs' } })).id),
    'ticket-fields': String((await make('ticket-fields', { body: { name: 'theirs', kind: 'text' } })).id),
    incidents: String(one.id),
    policies: String((await make('policies', { body: must(policy).body })).id),
    playbooks: String(playbook),
    plays: String((await make('plays', { body: { playbook, ticket: null } })).play.id),
    rules: String(
      (
        await make('rules', {
          body: {
            ...{ name: 'theirs', trigger: 'mention-arrived', query: 'theirs', conditions: [] },
            actions: [{ do: 'open-ticket' }],
          },
        })
      ).id,
    ),
    other: String(other.ticket.id),
    'work-minutes': String((await make(`tickets/${ticket.ticket.id}/minutes`, { body: { minutes: 5 } })).id),
    member: items[0]?.id ?? '',
    fromDay: '2026-03-02',
    posts: String(await makeTheirPost()),
    replies: String((await make('replies', { body: { ticket: ticket.ticket.id, mention: 'x:1', account: null } })).id),
    'reply-approvers': String((await make('reply-approvers', { body: { name: 'theirs', lang: 'en' } })).id),
    'reply-accounts': String(await makeTheirAccount()),
    ...(await makeTheirIntegration(ticket.ticket.id)),
    webhooks: String(webhook.webhook.id),
    delivery: String(await makeTheirDelivery(webhook.webhook.id, ticket.ticket.id)),
    'alarm-channels': String(
      (
        await make('alarm-channels', {
          body: {
            ...{ name: 'theirs', service: 'email', settings: { addresses: 'a@theirs.test' }, locale: 'en' },
            ...{ kinds: ['ticket.opened'], quietFrom: null, quietTo: null },
          },
        })
      ).id,
    ),
    'expert-questions': String(
      (
        await make('knowledge/expert-questions', {
          body: { ticket: ticket.ticket.id, expert: 'theirs', text: 'theirs', lang: 'en' },
        })
      ).id,
    ),
    articles: String(
      (await make('knowledge/articles', { body: { kind: 'article', lang: 'en', title: 'theirs', body: 'theirs' } })).id,
    ),
    'api-keys': String((await make('api-keys', { body: { name: 'theirs', role: 'client' } })).key.id),
    progress: (await startProgress(house.postgres.db, theirs.project, { kind: 'import', title: 'theirs' })).id,
    platform: 'x',
    topics: String((await make('topics', { body: { name: 'theirs', query: 'theirs' } })).id),
    sources: String((await make('sources', { body: { platform: 'feed', url: 'http://127.0.0.1:9/theirs.xml' } })).id),
    imports: String(
      (
        await make('imports', {
          raw: 'text,date\nhello there,2026-03-01\n',
          headers: { 'x-file-name': 'theirs.csv' },
        })
      ).id,
    ),
  }
}

/** No platform is asked here who the account is. */
async function makeTheirAccount(): Promise<number> {
  const { rows } = await house.postgres.pool.query<{ id: number }>(
    "insert into channel (project_id, platform, name, sealed) values ($1, 'mastodon', 'theirs', '') returning id",
    [theirs.project],
  )
  return must(rows[0]).id
}

/** A visitor of their help page wrote it. */
async function makeTheirPost(): Promise<number> {
  const { rows } = await house.postgres.pool.query<{ id: number }>(
    `insert into help_post (project_id, kind, title, text, state, made_at, changed_at)
     values ($1, 'question', 'theirs', 'theirs', 'held', now(), now()) returning id`,
    [theirs.project],
  )
  return must(rows[0]).id
}

/** Nothing is posted anywhere. */
async function makeTheirDelivery(webhook: number, ticket: number): Promise<number> {
  const { rows } = await house.postgres.pool.query<{ id: number }>(
    `with told as (
       insert into happening (project_id, kind, key, at, about)
       values ($1, 'ticket.opened', 'theirs', now(), jsonb_build_object('ticket', $2::int))
       returning id
     )
     insert into webhook_delivery (webhook_id, happening_id, due_at) select $3, id, now() from told returning id`,
    [theirs.project, ticket, webhook],
  )
  return must(rows[0]).id
}

/** No system is asked here who we are. */
async function makeTheirIntegration(ticket: number): Promise<{ [part: string]: string }> {
  const made = async (statement: string, values: unknown[]) =>
    must((await house.postgres.pool.query<{ id: number }>(`${statement} returning id`, values)).rows[0]).id
  const integration = await made(
    `insert into integration (project_id, system, name, sealed, may, choices, choices_at, setup, seen_event, poll_due_at)
     values ($1, 'rt', 'theirs', '', '{"read":true,"write":true}', '{"places":[],"owners":[]}', now(),
       '{"place":null,"stage":null,"owner":null,"owners":{},"statuses":{},"topics":[],"replies":true,"closes":false}', 0, now())`,
    [theirs.project],
  )
  const link = await made(
    "insert into integration_link (integration_id, project_id, ticket_id, key, place) values ($1, $2, $3, 'theirs', 'theirs')",
    [integration, theirs.project, ticket],
  )
  const exchange = await made(
    "insert into integration_exchange (integration_id, link_id, kind, cause, key, state) values ($1, $2, 'open', 'open', 'theirs', 'refused')",
    [integration, link],
  )
  return { integrations: String(integration), 'integration-exchanges': String(exchange) }
}

/** What they see of their own things. */
async function readTheirs(): Promise<[string, unknown][]> {
  const paths = operations.filter(({ method, path }) => method === 'GET' && (path.includes('{id}') || kept.has(path)))
  return Promise.all(
    paths.map(async ({ path }): Promise<[string, unknown]> => {
      const answer = await theirs.ask(fill(path, theirs.project, ids))
      expect([answer.status, path]).toEqual([200, path])
      return [path, await answer.json()]
    }),
  )
}

const kept = new Set(['members', 'api-keys', 'topics', 'sources'].map((part) => `/api/projects/{project}/${part}`))

async function keyOf(person: InProject): Promise<string> {
  const made = await person.ask(`/api/projects/${person.project}/api-keys`, {
    method: 'POST',
    body: { name: 'all', role: 'head' },
  })
  return ((await made.json()) as { secret: string }).secret
}

function byKey(key: string, path: string, asked: { method: string; body?: unknown }): Promise<Response> {
  return personWith(house, api, '').ask(path, {
    ...asked,
    headers: { authorization: `Bearer ${key}` },
  })
}
