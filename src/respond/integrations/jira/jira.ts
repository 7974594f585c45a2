import { z } from 'zod'
import { ask, refused, told } from '../ask.ts'
import { hasMark, marked, markedTitle } from '../marked.ts'
import { readAddress, readNeeded } from '../settings.ts'
import type { Choices, Session, System, Told } from '../system.ts'

type Account = { base: string; user: string; token: string }

const pageSize = 50
const longestSummary = 255

const Status = z.object({
  id: z.string(),
  name: z.string(),
  statusCategory: z.object({ key: z.string() }),
})
const Issue = z.object({
  key: z.string(),
  fields: z.object({
    summary: z.string().nullish(),
    status: z.object({ id: z.string() }).nullish(),
    assignee: z.object({ accountId: z.string() }).nullish(),
    updated: z.string().nullish(),
  }),
})

/**
 * Jira Service Management Cloud by an API token (developer.atlassian.com: servicedeskapi request and comment, REST v3 search,
 * transitions, statuses). Its search follows by an index, so look-ups wait longer.
 */
export const jira: System<Account> = {
  name: 'jira',
  kind: 'desk',
  settleMs: 3 * 60_000,
  parseAccount: (input) => ({
    base: readAddress(input, 'address', 'https://bank.atlassian.net'),
    user: readNeeded(input, 'user'),
    token: readNeeded(input, 'token'),
  }),
  async greet(session) {
    const me = await call(session, { path: 'api/3/myself', does: 'reads' }, z.object({ displayName: z.string() }))
    if (me.kind !== 'told') return me
    return told({
      name: `${new URL(session.account.base).host} · ${me.value.displayName}`,
      may: { read: true, write: null },
    })
  },
  async choices(session) {
    const desks = await call(
      session,
      { path: 'servicedeskapi/servicedesk', query: { limit: String(pageSize) }, does: 'reads' },
      z.object({ values: z.array(z.object({ id: z.string(), projectName: z.string(), projectKey: z.string() })) }),
    )
    if (desks.kind !== 'told') return desks
    const places: Choices['places'] = []
    const owners = new Map<string, string>()
    for (const { id, projectName, projectKey } of desks.value.values) {
      const kinds = await call(
        session,
        { path: `servicedeskapi/servicedesk/${id}/requesttype`, query: { limit: String(pageSize) }, does: 'reads' },
        z.object({ values: z.array(z.object({ id: z.string(), name: z.string() })) }),
      )
      if (kinds.kind !== 'told') return kinds
      const statuses = await call(
        session,
        { path: `api/3/project/${encodeURIComponent(projectKey)}/statuses`, does: 'reads' },
        z.array(z.object({ statuses: z.array(Status) })),
      )
      if (statuses.kind !== 'told') return statuses
      const stages = new Map(
        statuses.value.flatMap((type) => type.statuses).map((status) => [status.id, status] as const),
      )
      for (const kind of kinds.value.values)
        places.push({
          id: `${id}:${kind.id}`,
          name: `${projectName} · ${kind.name}`,
          stages: [...stages.values()].map((status) => ({
            id: status.id,
            name: status.name,
            ends: status.statusCategory.key === 'done',
          })),
        })
      const people = await call(
        session,
        { path: 'api/3/user/assignable/search', query: { project: projectKey, maxResults: '100' }, does: 'reads' },
        z.array(z.object({ accountId: z.string(), displayName: z.string(), active: z.boolean() })),
      )
      if (people.kind !== 'told') return people
      for (const { accountId, displayName, active } of people.value) if (active) owners.set(accountId, displayName)
    }
    return told({ places, owners: [...owners].map(([id, name]) => ({ id, name })) })
  },
  async open(session, { key, place, title, text, link }) {
    const [desk = '', kind = ''] = place.split(':')
    const added = await call(
      session,
      {
        path: 'servicedeskapi/request',
        does: 'writes',
        json: {
          serviceDeskId: desk,
          requestTypeId: kind,
          requestFieldValues: {
            summary: markedTitle(title.replace(/\s+/g, ' '), key, longestSummary),
            description: [text, link].filter(Boolean).join('\n\n'),
          },
        },
      },
      z.object({ issueKey: z.string() }),
    )
    return added.kind === 'told' ? told(opened(session, added.value.issueKey)) : added
  },
  async find(session, key) {
    const found = await search(session, `summary ~ "\\"${key}\\""`)
    if (found.kind !== 'told') return found
    const issue = found.value.find(({ fields }) => hasMark(fields.summary ?? '', key))
    return told(issue ? opened(session, issue.key) : null)
  },
  async addNote(session, record, { key, text }) {
    const added = await call(
      session,
      {
        path: `servicedeskapi/request/${record}/comment`,
        does: 'writes',
        // Only agents see it: whoever is answered is answered from here.
        json: { body: marked(text, key), public: false },
      },
      z.object({ id: z.string() }),
    )
    return added.kind === 'told' ? told(null) : added
  },
  async listNotes(session, record) {
    const notes: z.infer<typeof Comment>[] = []
    for (let start = 0; ; start += pageSize) {
      const found = await call(
        session,
        {
          path: `servicedeskapi/request/${record}/comment`,
          query: { start: String(start), limit: String(pageSize) },
          does: 'reads',
        },
        z.object({ isLastPage: z.boolean(), values: z.array(Comment) }),
      )
      if (found.kind !== 'told') return found
      notes.push(...found.value.values)
      if (found.value.isLastPage || found.value.values.length === 0) break
    }
    return told(
      notes.map(({ id, body, author, created }) => ({
        id,
        author: author?.displayName ?? null,
        at: created ? new Date(created.iso8601) : null,
        text: body,
      })),
    )
  },
  async close(session, record) {
    const Transition = z.object({ id: z.string(), to: Status })
    const found = await call(
      session,
      { path: `api/3/issue/${record}/transitions`, does: 'reads' },
      z.object({ transitions: z.array(Transition) }),
    )
    if (found.kind !== 'told') return found
    const way = found.value.transitions.find(({ to }) => to.statusCategory.key === 'done')
    if (!way) {
      const issue = await call(
        session,
        { path: `api/3/issue/${record}`, query: { fields: 'status' }, does: 'reads' },
        z.object({ fields: z.object({ status: Status }) }),
      )
      if (issue.kind !== 'told') return issue
      const isDone = issue.value.fields.status.statusCategory.key === 'done'
      return isDone ? told(null) : refused('integration.refused', { reason: issue.value.fields.status.name })
    }
    return call(
      session,
      { path: `api/3/issue/${record}/transitions`, does: 'writes', json: { transition: { id: way.id } } },
      z.null(),
    )
  },
  async changes(session, cursor) {
    const now = session.io.now()
    if (cursor === null) return told({ records: [], next: now.toISOString(), more: false })
    // Moments are read in the time zone of the account; minutes ago are the same everywhere.
    const minutes = Math.ceil((now.getTime() - Date.parse(cursor)) / 60_000) + 1
    const found = await search(session, `updated >= "-${minutes}m" order by updated asc`)
    if (found.kind !== 'told') return found
    return told({
      records: found.value.map(({ key, fields }) => ({
        record: key,
        stage: fields.status?.id ?? null,
        owner: fields.assignee?.accountId ?? null,
        ...{ value: null, currency: null, ended: null },
      })),
      // A change that the index had not met yet is met within the next minutes.
      next: new Date(Math.max(Date.parse(cursor), now.getTime() - 3 * 60_000)).toISOString(),
      more: false,
    })
  },
}

const Comment = z.object({
  id: z.string(),
  body: z.string(),
  author: z.object({ displayName: z.string() }).nullish(),
  created: z.object({ iso8601: z.string() }).nullish(),
})

const mostPages = 20

async function search(session: Session<Account>, jql: string): Promise<Told<z.infer<typeof Issue>[]>> {
  const asked = { jql, fields: 'summary,status,assignee,updated', maxResults: '100' }
  const issues: z.infer<typeof Issue>[] = []
  let next: string | null = null
  for (let page = 0; page < mostPages; page += 1) {
    const found: Told<z.infer<typeof Page>> = await call(
      session,
      {
        path: 'api/3/search/jql',
        query: next === null ? asked : { ...asked, nextPageToken: next },
        does: 'reads',
      },
      Page,
    )
    if (found.kind !== 'told') return found
    issues.push(...found.value.issues)
    next = found.value.nextPageToken ?? null
    if (next === null) break
  }
  return told(issues)
}

const Page = z.object({ issues: z.array(Issue), nextPageToken: z.string().nullish() })

type Call = { path: string; query?: { [name: string]: string }; json?: unknown; does: 'reads' | 'writes' }

function call<T>(session: Session<Account>, { path, query, json, does }: Call, shape: z.ZodType<T>): Promise<Told<T>> {
  const { base, user, token } = session.account
  return ask(session, {
    url: `${base}/rest/${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`,
    headers: { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}` },
    ...(json === undefined ? {} : { json }),
    does,
    shape,
    reason,
  })
}

/** The service desk speaks of one error, the platform of several. */
function reason(json: unknown): string | null {
  const wrong = z
    .object({
      errorMessage: z.string().optional(),
      errorMessages: z.array(z.string()).optional(),
      errors: z.record(z.string(), z.string()).optional(),
    })
    .safeParse(json).data
  const [field] = Object.entries(wrong?.errors ?? {})
  return wrong?.errorMessage ?? wrong?.errorMessages?.[0] ?? (field ? field.join(': ') : null)
}

function opened({ account: { base } }: Session<Account>, key: string) {
  return { record: key, url: `${base}/browse/${key}` }
}
