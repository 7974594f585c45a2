import type { Context, MiddlewareHandler } from 'hono'
import { findByApiKey } from '../../base/team/api-key.ts'
import type { Auth } from '../../base/team/auth.ts'
import { findBySession, type Client } from '../../base/team/session.ts'
import { projectFor } from '../../base/team/scope.ts'
import type { House } from '../house.ts'
import type { Env } from './door.ts'
import { Refused } from './problem.ts'

/** What anybody may ask without being known. */
const open = new Set([
  '/api',
  '/api/health',
  '/api/openapi.json',
  '/api/sign-in/link',
  '/api/sign-in/password',
  '/api/sign-in/second-factor',
])

/** The language of the request, and the address it came from. */
export function greet(house: House): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('locale', acceptedLocale(c) ?? 'en')
    c.set('address', addressOf(c, house.config.trustProxy))
    await next()
  }
}

/** Everybody else is somebody: a member by the cookie, a program by its key. */
export function identify(house: House, auth: Auth): MiddlewareHandler<Env> {
  return async (c, next) => {
    // Behind this address everything is for everybody, or brings a link of its own.
    if (open.has(c.req.path) || c.req.path.startsWith('/api/public/')) return next()
    const setCookies = await recognise(c, house, auth)
    if (c.var.who.kind === 'member') c.set('locale', acceptedLocale(c) ?? c.var.who.locale)
    await next()
    for (const cookie of setCookies) c.res.headers.append('set-cookie', cookie)
  }
}

/** The one place where an address with a project in it becomes a scope, for every method and every room. */
export function enterProject(house: House): MiddlewareHandler<Env> {
  return async (c, next) => {
    const project = c.req.param('project') ?? ''
    // Number() would also read 0x1 and 1e0.
    c.set('scope', await projectFor(house.postgres.db, c.var.who, /^\d+$/.test(project) ? Number(project) : 0))
    await next()
  }
}

export function clientOf(c: Context<Env>): Client {
  return {
    cookie: c.req.header('cookie') ?? '',
    userAgent: (c.req.header('user-agent') ?? '').slice(0, 300),
    address: c.var.address,
    locale: acceptedLocale(c),
  }
}

/** Sets who asks; throws 401 when it is nobody. Returns cookies for the answer. */
export async function recognise(c: Context<Env>, house: House, auth: Auth): Promise<string[]> {
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) {
    const secret = /^Bearer (heed_[\w-]{20,100})$/i.exec(authorization)?.[1]
    const who = secret === undefined ? null : await findByApiKey(house.postgres.db, secret, house.now())
    if (!who) throw new Refused(401, 'key-unknown')
    c.set('who', who)
    c.set('session', null)
    return []
  }
  const session = await findBySession(house.postgres.db, auth, clientOf(c), house.now())
  if (!session) throw new Refused(401, 'signed-out')
  c.set('who', session.who)
  c.set('session', session)
  return session.setCookies
}

function acceptedLocale(c: Context<Env>): 'en' | 'ru' | null {
  const wished = (c.req.header('accept-language') ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((part) => part === 'en' || part === 'ru')
  return wished === 'en' || wished === 'ru' ? wished : null
}

// A proxy adds the address it saw at the end; what stands before it may be invented by the client.
function addressOf(c: Context<Env>, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  if (forwarded) return forwarded.slice(0, 60)
  // Without a socket there is nobody far away: the request was made inside this process.
  return c.env?.incoming?.socket.remoteAddress ?? 'inside'
}
