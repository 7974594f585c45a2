import { createRoute, z, type RouteConfig } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Auth } from '../../base/team/auth.ts'
import { longestPassword } from '../../base/team/password.ts'
import { changeProfile } from '../../base/team/profile.ts'
import { signOut, type WhoMember } from '../../base/team/session.ts'
import { setPassword } from '../../base/team/set-password.ts'
import {
  confirmSecondFactor,
  endSecondFactor,
  findSignInWays,
  offerSecondFactor,
  renewRecoveryCodes,
} from '../../base/team/second-factor.ts'
import { admitTry, forgiveTry } from '../../base/team/sign-in-limit.ts'
import { signInByLink, signInByPassword, signInBySecondFactor, type SignedIn } from '../../base/team/sign-in.ts'
import { hasNoProject, listProjectsFor } from '../../base/team/scope.ts'
import type { House } from '../house.ts'
import { body, operation, person, silentOperation, spoken, type Api, type Env } from './door.ts'
import { clientOf } from './identify.ts'
import { Refused } from './problem.ts'
import { Me, MeChange, SecondFactorOffer } from './shapes/project.ts'

const tags = ['session']

/** Coming in, going out, and who one is. */
export function serveSession(api: Api, house: House, auth: Auth): void {
  const { db } = house.postgres

  api.openapi(
    entry(
      { en: 'Sign in with a one-time link', ru: 'Войти по одноразовой ссылке' },
      {
        method: 'post',
        path: '/api/sign-in/link',
        tags,
        request: { body: body(z.object({ token: z.string().min(1).max(200) })) },
      },
    ),
    async (c) => {
      const { token } = c.req.valid('json')
      return letIn(
        c,
        await signInByLink(db, auth, token, clientOf(c), house.now()),
        new Refused(410, 'link-used-up'),
        house.now(),
      )
    },
  )

  api.openapi(
    entry(
      { en: 'Sign in with email and password', ru: 'Войти по почте и паролю' },
      {
        method: 'post',
        path: '/api/sign-in/password',
        tags,
        request: { body: body(z.object({ email: z.string().max(320), password: z.string().max(longestPassword) })) },
      },
    ),
    async (c) => {
      const input = c.req.valid('json')
      return letIn(
        c,
        await signInByPassword(db, auth, input, clientOf(c), house.now()),
        new Refused(401, 'sign-in-wrong'),
        house.now(),
      )
    },
  )

  api.openapi(
    entry(
      {
        en: 'Go on with the code of an app or a recovery code',
        ru: 'Продолжить вход кодом из приложения или запасным',
      },
      {
        method: 'post',
        path: '/api/sign-in/second-factor',
        tags,
        request: { body: body(z.object({ code: z.string().min(1).max(60) })) },
      },
    ),
    async (c) => {
      const { code } = c.req.valid('json')
      return letIn(
        c,
        await signInBySecondFactor(db, auth, code, clientOf(c), house.now()),
        new Refused(401, 'second-factor-wrong'),
        house.now(),
      )
    },
  )

  api.openapi(
    silentOperation({ en: 'Sign out', ru: 'Выйти' }, { method: 'post', path: '/api/sign-out', tags }),
    async (c) => {
      for (const cookie of await signOut(db, auth, clientOf(c), person(c)))
        c.header('set-cookie', cookie, { append: true })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Who I am and which projects I see', ru: 'Кто я и какие проекты вижу' },
      { method: 'get', path: '/api/me', tags },
      Me,
    ),
    async (c) => {
      return c.json(await showMe(house, person(c)), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Change my name, language, email or password', ru: 'Сменить имя, язык, почту или пароль' },
      { method: 'patch', path: '/api/me', tags, request: { body: body(MeChange) } },
      Me,
    ),
    async (c) => {
      const { password, currentPassword, ...profile } = c.req.valid('json')
      const who = person(c)
      if (password !== undefined && c.var.session)
        await setPassword(db, c.var.session, { password, current: currentPassword ?? null })
      return c.json(await showMe(house, await changeProfile(db, who, profile)), 200)
    },
  )

  const at = '/api/me/second-factor'
  const WithPassword = z.object({ password: z.string().max(longestPassword) })

  api.openapi(
    operation(
      { en: 'Prepare a second factor for oneself', ru: 'Подготовить второй фактор для себя' },
      { method: 'post', path: at, tags, request: { body: body(WithPassword) } },
      SecondFactorOffer,
    ),
    async (c) => {
      const input = c.req.valid('json')
      const session = { who: person(c) }
      return c.json(await guessing(c, () => offerSecondFactor(db, auth, clientOf(c), session, input)), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Turn the second factor on with its first code', ru: 'Включить второй фактор первым кодом' },
      { method: 'put', path: at, tags, request: { body: body(z.object({ code: z.string().min(1).max(60) })) } },
    ),
    async (c) => {
      const { code } = c.req.valid('json')
      const session = { who: person(c) }
      const confirm = () => confirmSecondFactor(db, auth, clientOf(c), session, { code, now: house.now() })
      for (const cookie of await guessing(c, confirm)) c.header('set-cookie', cookie, { append: true })
      return c.body(null, 204)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Turn the second factor off', ru: 'Выключить второй фактор' },
      { method: 'delete', path: at, tags, request: { body: body(WithPassword) } },
    ),
    async (c) => {
      const input = c.req.valid('json')
      const session = { who: person(c) }
      const end = () => endSecondFactor(db, auth, clientOf(c), session, input)
      for (const cookie of await guessing(c, end)) c.header('set-cookie', cookie, { append: true })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Make new recovery codes; the old ones stop working', ru: 'Выпустить новые запасные коды вместо прежних' },
      { method: 'post', path: `${at}/recovery-codes`, tags, request: { body: body(WithPassword) } },
      SecondFactorOffer.pick({ recoveryCodes: true }),
    ),
    async (c) => {
      const input = c.req.valid('json')
      const session = { who: person(c) }
      const renew = () => renewRecoveryCodes(db, auth, clientOf(c), session, input)
      return c.json({ recoveryCodes: await guessing(c, renew) }, 200)
    },
  )

  /** Whoever holds a stolen cookie guesses a password no faster here than at the door. */
  async function guessing<T>(c: Context<Env>, work: () => Promise<T>): Promise<T> {
    const from = { address: c.var.address, email: person(c).email }
    const admission = await admitTry(db, from, house.now())
    if (admission.kind === 'refused') throw tooMany(admission.retryAt, house.now())
    const done = await work()
    await forgiveTry(db, from, house.now())
    return done
  }
}

/** 204 when one is in; 202 when the second factor is asked for. */
function entry<const R extends Omit<RouteConfig, 'summary' | 'responses'>>(said: { en: string; ru: string }, route: R) {
  const schema = z.object({ next: z.literal('second-factor') })
  return createRoute({
    ...route,
    ...spoken(said),
    responses: {
      204: { description: said.en },
      202: { description: 'A second factor is asked for', content: { 'application/json': { schema } } },
    },
  })
}

function letIn(c: Context<Env>, entered: SignedIn, wrong: Refused, now: Date) {
  switch (entered.kind) {
    case 'signed-in':
      for (const cookie of entered.setCookies) c.header('set-cookie', cookie, { append: true })
      return c.body(null, 204)
    case 'second-factor':
      for (const cookie of entered.setCookies) c.header('set-cookie', cookie, { append: true })
      return c.json({ next: 'second-factor' as const }, 202)
    case 'expired':
      throw new Refused(410, 'second-factor-expired')
    case 'wrong':
      throw wrong
    case 'too-many':
      throw tooMany(entered.retryAt, now)
  }
}

function tooMany(retryAt: Date, now: Date): Refused {
  const seconds = Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 1000))
  return new Refused(429, 'sign-in-too-many', { values: { seconds }, headers: { 'retry-after': String(seconds) } })
}

async function showMe(house: House, who: WhoMember): Promise<Me> {
  const projects = await listProjectsFor(house.postgres.db, who)
  return {
    member: { id: who.id, name: who.name, email: who.email, locale: who.locale, isHead: who.isHead },
    signsInWith: await findSignInWays(house.postgres.db, who.id),
    projects: projects.map(({ id, name, role, timeZone, isSample }) => ({ id, name, role, timeZone, isSample })),
    isNew: await hasNoProject(house.postgres.db),
  }
}
