import { createRoute, OpenAPIHono, z, type RouteConfig } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { IncomingMessage } from 'node:http'
import { NotFound } from '../../base/errors.ts'
import type { Session, WhoMember } from '../../base/team/session.ts'
import type { Action } from '../../base/team/role.ts'
import { allow, type Scope, type Who } from '../../base/team/scope.ts'
import { Invalid } from './problem.ts'

/** What the steps before a handler have found out. */
export type Env = {
  /** Absent when a request is made inside this process. */
  Bindings: { incoming?: IncomingMessage }
  Variables: {
    locale: 'en' | 'ru'
    address: string
    who: Who
    /** Null for a program with a key. */
    session: Session | null
    /** On addresses inside a project only. */
    scope: Scope
  }
}
export type Api = OpenAPIHono<Env>

export function newApi(): Api {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return
      // An address that names nothing possible is like one that names nothing there.
      if (result.target === 'param') throw new NotFound()
      throw new Invalid(result.error.issues)
    },
  })
}

/** Second beat of a handler inside a project: the scope, when the role reaches as far as the action. */
export function allowed(c: Context<Env>, action: Action): Scope {
  allow(c.var.scope, action)
  return c.var.scope
}

/** The person who asks; for a program with a key such an address does not exist. */
export function person(c: Context<Env>): WhoMember {
  if (c.var.who.kind !== 'member') throw new NotFound()
  return c.var.who
}

type Said = { en: string; ru: string }

/** An operation with its line in both languages; answers 200 with `shows`, or 204 when there is nothing to show. */
export function operation<const R extends Omit<RouteConfig, 'summary' | 'responses'>, S extends z.ZodType>(
  said: Said,
  route: R,
  shows: S,
) {
  const responses = { 200: { description: said.en, content: { 'application/json': { schema: shows } } } }
  return createRoute({ ...route, ...spoken(said), responses })
}

export function silentOperation<const R extends Omit<RouteConfig, 'summary' | 'responses'>>(said: Said, route: R) {
  return createRoute({ ...route, ...spoken(said), responses: { 204: { description: said.en } } })
}

export function spoken(said: Said) {
  return { summary: said.en, 'x-summary-ru': said.ru }
}

/** A body in JSON that must be there. */
export function body<S extends z.ZodType>(schema: S) {
  return { required: true as const, content: { 'application/json': { schema } } }
}

const id = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
  .refine((number) => number < 2 ** 31)
  .openapi({ type: 'integer', minimum: 1 })
export const InProject = z.object({ project: id })
export const WithId = z.object({ project: id, id })
export const WithTextId = z.object({ project: id, id: z.string().min(1).max(2000) })

export function items<S extends z.ZodType>(schema: S) {
  return z.object({ items: z.array(schema) })
}
