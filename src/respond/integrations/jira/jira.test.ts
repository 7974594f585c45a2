import { z } from 'zod'
import { standIn, type Answer, type Asked } from '../stand-in.testing.ts'
import { keepsTheContract } from '../system.contract.ts'
import { jira } from './jira.ts'

const statuses = [
  { id: '1', name: 'Waiting for support', statusCategory: { id: 2, key: 'new' } },
  { id: '3', name: 'In progress', statusCategory: { id: 4, key: 'indeterminate' } },
  { id: '5', name: 'Resolved', statusCategory: { id: 3, key: 'done' } },
]
type Status = (typeof statuses)[number]
type Issue = { key: string; summary: string; status: Status; assignee: string | null; updated: Date }

const Request = z.strictObject({
  serviceDeskId: z.literal('10'),
  requestTypeId: z.literal('25'),
  requestFieldValues: z.strictObject({
    summary: z
      .string()
      .min(1)
      .max(255)
      .regex(/^[^\n]*$/),
    description: z.string(),
  }),
})

/** Jira Service Management Cloud after developer.atlassian.com: requests, comments, transitions, and the search by JQL. */
async function start() {
  const issues: Issue[] = []
  const comments: {
    id: string
    issue: string
    body: string
    public: boolean
    author: { displayName: string }
    created: { iso8601: string }
  }[] = []
  let last = 0
  const first = statuses[0] as Status
  const done = statuses[2] as Status
  const find = (key: string) => issues.find((issue) => issue.key === key)
  const put = (issue: string, body: string, author: string, isPublic: boolean) => {
    const created = { iso8601: new Date().toISOString() }
    comments.push({ id: String((last += 1)), issue, body, public: isPublic, author: { displayName: author }, created })
    Object.assign(find(issue) ?? {}, { updated: new Date() })
  }
  const paged = (values: unknown[], query: URLSearchParams): Answer => {
    const [from, limit] = [Number(query.get('start') ?? 0), Math.min(50, Number(query.get('limit') ?? 50))]
    const shown = values.slice(from, from + limit)
    return {
      json: { size: shown.length, start: from, limit, isLastPage: from + limit >= values.length, values: shown },
    }
  }
  const search = (jql: string): Issue[] => {
    const words = /^summary ~ "\\"(.+)\\""$/.exec(jql)?.[1]
    if (words !== undefined) return issues.filter(({ summary }) => summary.includes(words))
    const minutes = /^updated >= "-(\d+)m" order by updated asc$/.exec(jql)?.[1]
    if (minutes === undefined) throw new Error(`no JQL: ${jql}`)
    return issues
      .filter(({ updated }) => updated.getTime() >= Date.now() - Number(minutes) * 60_000)
      .toSorted((a, b) => a.updated.getTime() - b.updated.getTime())
  }
  const answer = ({ method, path, query, headers, json }: Asked): Answer => {
    if (headers.authorization !== `Basic ${Buffer.from('heed@bank.test:right').toString('base64')}`)
      return { status: 401, json: { errorMessage: 'Client must be authenticated to access this resource.' } }
    const at = path.replace('/rest/', '')
    const [, key = '', what] = /^(?:servicedeskapi\/request|api\/3\/issue)\/(HELP-\d+)(?:\/(\w+))?$/.exec(at) ?? []
    if (key !== '' && !find(key))
      return { status: 404, json: { errorMessages: ['Issue does not exist or you do not have permission to see it.'] } }
    if (what === 'comment' && method === 'GET')
      return paged(
        comments.filter(({ issue }) => issue === key),
        query,
      )
    if (what === 'comment') {
      const made = z.strictObject({ body: z.string().min(1), public: z.literal(false) }).parse(json)
      put(key, made.body, 'Heed', made.public)
      return { status: 201, json: comments.at(-1) }
    }
    if (what === 'transitions' && method === 'GET')
      return {
        json: {
          expand: 'transitions',
          transitions: find(key)?.status.id === done.id ? [] : [{ id: '61', name: 'Resolve', to: done }],
        },
      }
    if (what === 'transitions') {
      z.strictObject({ transition: z.strictObject({ id: z.literal('61') }) }).parse(json)
      Object.assign(find(key) ?? {}, { status: done, updated: new Date() })
      return { status: 204 }
    }
    if (key !== '') return { json: { key, fields: { status: find(key)?.status } } }
    switch (`${method} ${at}`) {
      case 'GET api/3/myself':
        return { json: { accountId: 'a1', displayName: 'Heed', active: true } }
      case 'GET servicedeskapi/servicedesk':
        return paged([{ id: '10', projectId: '1', projectName: 'Help', projectKey: 'HELP' }], query)
      case 'GET servicedeskapi/servicedesk/10/requesttype':
        return paged([{ id: '25', name: 'Question' }], query)
      case 'GET api/3/project/HELP/statuses':
        return { json: [{ id: '9', name: 'Service request', statuses }] }
      case 'GET api/3/user/assignable/search':
        return { json: [{ accountId: 'a1', displayName: 'Heed', active: true }] }
      case 'POST servicedeskapi/request': {
        const { requestFieldValues } = Request.parse(json)
        const issueKey = `HELP-${(last += 1)}`
        issues.push({
          key: issueKey,
          summary: requestFieldValues.summary,
          status: first,
          assignee: null,
          updated: new Date(),
        })
        return { status: 201, json: { issueId: '1', issueKey } }
      }
      case 'GET api/3/search/jql':
        return {
          json: {
            isLast: true,
            issues: search(query.get('jql') ?? '').map((issue) => ({
              id: '1',
              key: issue.key,
              fields: {
                summary: issue.summary,
                status: issue.status,
                assignee: issue.assignee === null ? null : { accountId: issue.assignee },
                updated: issue.updated.toISOString(),
              },
            })),
          },
        }
      default:
        throw new Error('there is no such address')
    }
  }
  const server = await standIn({
    answer,
    isWrite: ({ method }) => method !== 'GET',
    slowDown: { status: 429, headers: { 'retry-after': '30' } },
    revoked: { status: 403, json: { errorMessage: 'You do not have permission to create requests.' } },
    refuse: { status: 400, json: { errorMessage: 'Impact: Impact is required.' } },
  })
  return Object.assign(server, {
    settings: { address: server.base, user: 'heed@bank.test', token: 'right' },
    wrong: { address: server.base, user: 'heed@bank.test', token: 'another' },
    place: '10:25',
    retryAfter: true,
    move: async (record: string) => {
      Object.assign(find(record) ?? {}, { status: statuses[1], assignee: 'a2', updated: new Date() })
      return { stage: '3', owner: 'a2' }
    },
    count: async (title: string) => issues.filter(({ summary }) => summary.startsWith(title)).length,
    comment: async (record: string, text: string) => put(record, text, 'Anna', true),
  })
}

keepsTheContract(jira, start)
