import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Auth } from '../../base/team/auth.ts'
import { longestPassword } from '../../base/team/password.ts'
import { changeProfile } from '../../base/team/profile.ts'
import { signOut, type WhoMember } from '../../base/team/session.ts'
import { setPassword } from '../../base/team/set-password.ts'
import { signInByLink, signInByPassword, type SignedIn } from '../../base/team/sign-in.ts'
import { hasNoProject, listProjectsFor } from '../../base/team/scope.ts'
import type { House } from '../house.ts'
import { body, operation, person, silentOperation, type Api, type Env } from './door.ts'
import { clientOf } from './identify.ts'
import { Refused } from './problem.ts'
import { Me, MeChange } from './shapes/project.ts'

const tags = ['session']

/** Coming in, going out, and who one is. */
export function serveSession(api: Api, house: House, auth: Auth): void {
  const { db } = house.postgres

  api.openapi(
    silentOperation(
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
    silentOperation(
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
}

function letIn(c: Context<Env>, entered: SignedIn, wrong: Refused, now: Date) {
  switch (entered.kind) {
    case 'signed-in':
      for (const cookie of entered.setCookies) c.header('set-cookie', cookie, { append: true })
      return c.body(null, 204)
    case 'wrong':
      throw wrong
    case 'too-many': {
      const seconds = Math.max(1, Math.ceil((entered.retryAt.getTime() - now.getTime()) / 1000))
      throw new Refused(429, 'sign-in-too-many', { values: { seconds }, headers: { 'retry-after': String(seconds) } })
    }
  }
}

async function showMe(house: House, who: WhoMember): Promise<Me> {
  const projects = await listProjectsFor(house.postgres.db, who)
  return {
    member: { id: who.id, name: who.name, email: who.email, locale: who.locale, isHead: who.isHead },
    projects: projects.map(({ id, name, role, timeZone, isSample }) => ({ id, name, role, timeZone, isSample })),
    isNew: await hasNoProject(house.postgres.db),
  }
}
