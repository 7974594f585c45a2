import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { NotFound, UserError } from '../../base/errors.ts'
import { isProblemKey, tell } from '../../listen/connectors/problems.ts'
import type { Env } from './door.ts'
import { say, type Values } from './sentences.ts'

/** The door itself refuses, before any room was asked. */
export class Refused extends Error {
  readonly status: 400 | 401 | 403 | 410 | 413 | 429 | 502 | 503 | 504
  readonly key: string
  readonly values: Values
  readonly headers: { [name: string]: string }
  constructor(
    status: Refused['status'],
    key: string,
    options: { values?: Values; headers?: { [name: string]: string } } = {},
  ) {
    super(key)
    this.status = status
    this.key = key
    this.values = options.values ?? {}
    this.headers = options.headers ?? {}
  }
}

/** What came does not have the shape that was asked for. */
export class Invalid extends Error {
  readonly issues: z.core.$ZodIssue[]
  constructor(issues: z.core.$ZodIssue[]) {
    super('invalid')
    this.issues = issues
  }
}

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'A sentence in the language of the request, for people.' }),
    key: z.string().openapi({ description: 'Names the sentence, for programs.' }),
    field: z.string().optional().openapi({ description: 'The input it is about.' }),
    id: z.string().optional().openapi({ description: 'Also stands in the log of the server.' }),
  })
  .openapi('Problem')
type Problem = z.infer<typeof Problem>

/** Every error leaves through here. */
export function answerProblem(error: unknown, c: Context<Env>, log: Logger): Response {
  const problem = describe(error, c.var.locale ?? 'en')
  if (problem.status === 500) {
    problem.id = randomUUID()
    log.error(
      {
        id: problem.id,
        method: c.req.method,
        path: c.req.path,
        error: error instanceof Error ? error.stack : String(error),
      },
      'a request failed',
    )
  }
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(error instanceof Refused ? error.headers : {}),
    },
  })
}

function describe(error: unknown, locale: 'en' | 'ru'): Problem {
  if (error instanceof NotFound) return problem(404, 'not-found', {}, locale)
  if (error instanceof UserError)
    return problem(422, error.key, error.values, locale, { field: error.field, otherwise: worded(error, locale) })
  if (error instanceof Refused) return problem(error.status, error.key, error.values, locale)
  if (error instanceof Invalid) return describeIssue(error.issues[0], locale)
  if (error instanceof HTTPException && error.status === 400) return problem(400, 'body-unreadable', {}, locale)
  if (error instanceof HTTPException && error.status === 415) return problem(415, 'body-not-json', {}, locale)
  return problem(500, 'our-mistake', {}, locale)
}

/** Where we have no sentence, the connectors may have one. */
function worded({ key, values, message }: UserError, locale: 'en' | 'ru'): string {
  return isProblemKey(key) ? tell({ key, values }, locale) : message
}

function describeIssue(issue: z.core.$ZodIssue | undefined, locale: 'en' | 'ru'): Problem {
  const field = issue?.path.join('.') ?? ''
  const { key, values } = wordIssue(issue)
  return problem(422, key, { field, ...values }, locale, { field: field === '' ? null : field })
}

function wordIssue(issue: z.core.$ZodIssue | undefined): { key: string; values: Values } {
  switch (issue?.code) {
    case 'invalid_type':
      // Zod leaves the missing value out of its issue and names it in the message only.
      return issue.message.endsWith('received undefined')
        ? { key: 'invalid-missing', values: {} }
        : { key: 'invalid-type', values: { expected: issue.expected } }
    case 'too_big':
      return {
        key:
          issue.origin === 'string'
            ? 'invalid-too-long'
            : issue.origin === 'array'
              ? 'invalid-too-many'
              : 'invalid-too-big',
        values: { maximum: Number(issue.maximum) },
      }
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return { key: 'invalid-missing', values: {} }
      return {
        key:
          issue.origin === 'string'
            ? 'invalid-too-short'
            : issue.origin === 'array'
              ? 'invalid-too-few'
              : 'invalid-too-small',
        values: { minimum: Number(issue.minimum) },
      }
    case 'invalid_value':
      return { key: 'invalid-choice', values: { choices: issue.values.join(', ') } }
    case 'invalid_format':
      return issue.format === 'email'
        ? { key: 'invalid-email', values: {} }
        : issue.format === 'datetime'
          ? { key: 'invalid-moment', values: {} }
          : { key: 'invalid-form', values: {} }
    default:
      return { key: 'invalid-form', values: {} }
  }
}

function problem(
  status: number,
  key: string,
  values: Values,
  locale: 'en' | 'ru',
  more: { field?: string | null; otherwise?: string } = {},
): Problem {
  return {
    type: `urn:heed:problem:${key}`,
    title: say(`status-${status}`, {}, locale, String(status)),
    status,
    detail: say(key, values, locale, more.otherwise ?? key),
    key,
    ...(more.field ? { field: more.field } : {}),
  }
}
