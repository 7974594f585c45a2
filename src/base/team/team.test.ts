import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { NotFound, UserError } from '../errors.ts'
import { first, inTransaction, list, type Postgres } from '../postgres/postgres.ts'
import { createSecrets } from '../secrets/secrets.ts'
import { findByApiKey, makeApiKey, removeApiKey } from './api-key.ts'
import { audit, listAudit } from './audit.ts'
import { openAuth, type Auth } from './auth.ts'
import { changeRole, inviteMember, listMembers, removeMember, renewInvitation } from './member.ts'
import { addProject } from './project.ts'
import { may, type Role } from './role.ts'
import { allow, projectFor, type Scope } from './scope.ts'
import { ensureFirstHead, makeSignInLink, spendSignInLink } from './sign-in-link.ts'
import { findBySession, signOut, type WhoMember } from './session.ts'
import { setPassword } from './set-password.ts'
import { signInByLink, signInByPassword, type SignedIn } from './sign-in.ts'

let postgres: Postgres
let auth: Auth
let head: WhoMember
let clock = Date.parse('2026-03-02T10:00:00Z')
const now = () => new Date(clock)
const secrets = createSecrets(new Uint8Array(32).fill(3))
const client = (address: string, cookie = '') => ({ address, cookie, userAgent: 'test', locale: null })

beforeAll(async () => {
  postgres = await openTestPostgres()
  auth = await openAuth(postgres.db, { secrets, publicUrl: 'http://heed.test' })
  clock = Date.now()
})
afterAll(() => postgres[Symbol.asyncDispose]())

test('an empty installation makes its first head, and each start prints a fresh link until a password is set', async () => {
  const db = postgres.db
  const lost = await ensureFirstHead(db, now())
  const link = await ensureFirstHead(db, now())
  expect(await spendSignInLink(db, lost ?? '', now())).toBeNull()
  const entered = await signInByLink(db, auth, link ?? '', client('10.0.0.1'), now())
  const session = await findBySession(db, auth, client('10.0.0.1', cookieOf(entered)), now())
  expect(session).toMatchObject({ byLink: true, who: { name: 'Head', isHead: true } })
  head = session!.who
  expect(await ensureFirstHead(db, now())).not.toBeNull()
  await setPassword(db, session!, { password: 'correct horse', current: null })
  expect(await ensureFirstHead(db, now())).toBeNull()
  expect(await first(db, sql`select count(*) from member`)).toEqual({ count: 1 })
})

test('the cookie is closed to scripts and to other sites', async () => {
  const entered = await signInByPassword(
    postgres.db,
    auth,
    { email: 'HEAD@heed.local', password: 'correct horse' },
    client('10.0.0.1'),
    now(),
  )
  expect(entered.kind === 'signed-in' && entered.setCookies[0]).toMatch(/^heed\.session_token=.*HttpOnly; SameSite=Lax/)
  const secure = await openAuth(postgres.db, { secrets, publicUrl: 'https://heed.test' })
  const safe = await signInByPassword(
    postgres.db,
    secure,
    { email: 'head@heed.local', password: 'correct horse' },
    client('10.0.0.1'),
    now(),
  )
  expect(safe.kind === 'signed-in' && safe.setCookies[0]).toMatch(
    /^__Secure-heed\.session_token=.*; HttpOnly; Secure; SameSite=Lax|^__Secure-heed\.session_token=.*Secure/,
  )
})

test('a session ends with signing out, and a changed cookie is none', async () => {
  const db = postgres.db
  const cookie = cookieOf(
    await signInByPassword(
      db,
      auth,
      { email: 'head@heed.local', password: 'correct horse' },
      client('10.0.0.1'),
      now(),
    ),
  )
  const changed = cookie.replace(/=(.)/, (_, letter: string) => (letter === 'x' ? '=y' : '=x'))
  expect(await findBySession(db, auth, client('10.0.0.1', changed), now())).toBeNull()
  expect(await findBySession(db, auth, client('10.0.0.1', cookie), now())).not.toBeNull()
  await signOut(db, auth, client('10.0.0.1', cookie), head)
  expect(await findBySession(db, auth, client('10.0.0.1', cookie), now())).toBeNull()
})

test('a new password asks for the old one and ends the other sessions', async () => {
  const db = postgres.db
  const enter = async () =>
    cookieOf(
      await signInByPassword(
        db,
        auth,
        { email: 'head@heed.local', password: 'correct horse' },
        client('10.0.0.1'),
        now(),
      ),
    )
  const [here, there] = [await enter(), await enter()]
  const session = (await findBySession(db, auth, client('10.0.0.1', here), now()))!
  await expect(setPassword(db, session, { password: 'another horse', current: null })).rejects.toThrow(UserError)
  await expect(setPassword(db, session, { password: 'another horse', current: 'wrong horse' })).rejects.toThrow(
    UserError,
  )
  await expect(setPassword(db, session, { password: 'short', current: 'correct horse' })).rejects.toThrow(
    '10 characters',
  )
  await setPassword(db, session, { password: 'correct horse', current: 'correct horse' })
  expect(await findBySession(db, auth, client('10.0.0.1', there), now())).toBeNull()
  expect(await findBySession(db, auth, client('10.0.0.1', here), now())).not.toBeNull()
})

test('the eleventh wrong try in a minute is refused, for that address only and for that minute only', async () => {
  const db = postgres.db
  const attempt = (address: string, password: string) =>
    signInByPassword(db, auth, { email: 'head@heed.local', password }, client(address), now())
  for (let i = 0; i < 10; i += 1) expect((await attempt('10.9.9.9', 'wrong horse')).kind).toBe('wrong')
  expect((await attempt('10.9.9.9', 'wrong horse')).kind).toBe('too-many')
  expect((await attempt('10.9.9.9', 'correct horse')).kind).toBe('too-many')
  expect((await attempt('10.9.9.8', 'correct horse')).kind).toBe('signed-in')
  clock += 61_000
  expect((await attempt('10.9.9.9', 'correct horse')).kind).toBe('signed-in')
})

test('right tries are not counted', async () => {
  for (let i = 0; i < 12; i += 1) {
    expect(
      (
        await signInByPassword(
          postgres.db,
          auth,
          { email: 'head@heed.local', password: 'correct horse' },
          client('10.7.7.7'),
          now(),
        )
      ).kind,
    ).toBe('signed-in')
  }
})

test('a link works once and not after its time', async () => {
  const db = postgres.db
  const link = await makeSignInLink(db, head.id, { madeBy: null, expiresAt: new Date(clock + 1000) })
  const both = await Promise.all([spendSignInLink(db, link, now()), spendSignInLink(db, link, now())])
  expect(both.filter((id) => id !== null)).toEqual([head.id])
  const late = await makeSignInLink(db, head.id, { madeBy: null, expiresAt: new Date(clock + 1000) })
  expect(await spendSignInLink(db, late, new Date(clock + 1001))).toBeNull()
})

test('each role may what the roles below it may', () => {
  const who: Role[] = ['head', 'manager', 'copywriter', 'moderator', 'client']
  expect(who.filter((role) => may(role, 'read'))).toEqual(who)
  expect(who.filter((role) => may(role, 'ticket'))).toEqual(['head', 'manager', 'copywriter', 'moderator'])
  expect(who.filter((role) => may(role, 'topic'))).toEqual(['head', 'manager'])
  expect(who.filter((role) => may(role, 'remove-project'))).toEqual(['head'])
})

test('a project is not there for those who do not belong to it', async () => {
  const db = postgres.db
  const scope = await newProject('Tea')
  const other = await newProject('Coffee')
  const manager = await newMember(scope, 'anna@tea.test', 'manager')
  expect(await projectFor(db, manager, scope.project.id)).toMatchObject({ role: 'manager' })
  for (const id of [other.project.id, 999_999, 0, -1, 1.5, NaN, 2 ** 40])
    await expect(projectFor(db, manager, id)).rejects.toThrow(NotFound)
  expect((await projectFor(db, head, other.project.id)).role).toBe('head')
})

test('nobody gives a role above their own, nor takes one away', async () => {
  const db = postgres.db
  const scope = await newProject('Milk')
  const chief = await inviteMember(db, scope, { name: 'Chief', email: 'chief@milk.test', role: 'head' }, now())
  const asManager = await projectFor(db, await newMember(scope, 'ben@milk.test', 'manager'), scope.project.id)
  await expect(
    inviteMember(db, asManager, { name: 'Eve', email: 'eve@milk.test', role: 'head' }, now()),
  ).rejects.toThrow(UserError)
  await expect(changeRole(db, asManager, chief.member.id, 'client')).rejects.toThrow(UserError)
  await expect(removeMember(db, asManager, chief.member.id)).rejects.toThrow(UserError)
  await expect(makeApiKey(db, asManager, { name: 'all', role: 'head' })).rejects.toThrow(UserError)
})

test('inviting somebody who works elsewhere gives no link into their name', async () => {
  const db = postgres.db
  const tea = await newProject('Green tea')
  const milk = await newProject('Goat milk')
  const guest = await inviteMember(db, tea, { name: 'Guest', email: 'guest@both.test', role: 'client' }, now())
  expect(guest.token).not.toBeNull()
  const manager = await projectFor(db, await newMember(milk, 'carl@milk.test', 'manager'), milk.project.id)
  expect(
    (await inviteMember(db, manager, { name: 'Guest', email: 'Guest@both.test', role: 'client' }, now())).token,
  ).toBeNull()
  expect((await inviteMember(db, manager, { name: 'Boss', email: head.email, role: 'client' }, now())).token).toBeNull()
  await expect(renewInvitation(db, manager, guest.member.id, now())).rejects.toThrow(UserError)
  await expect(renewInvitation(db, manager, head.id, now())).rejects.toThrow(UserError)
  const fresh = await inviteMember(db, manager, { name: 'New', email: 'new@milk.test', role: 'moderator' }, now())
  expect((await renewInvitation(db, manager, fresh.member.id, now())).token).not.toBeNull()
})

test('a removed member sees nothing and their unused link opens nothing', async () => {
  const db = postgres.db
  const scope = await newProject('Juice')
  const invited = await inviteMember(db, scope, { name: 'Dora', email: 'dora@juice.test', role: 'client' }, now())
  await removeMember(db, scope, invited.member.id)
  expect(await spendSignInLink(db, invited.token ?? '', now())).toBeNull()
  expect(await listMembers(db, scope.project.id)).toEqual([])
})

test('a key opens its project with its role, hands out no access, and dies with its removal', async () => {
  const db = postgres.db
  const scope = await newProject('Water')
  const { key, secret } = await makeApiKey(db, scope, { name: 'robot', role: 'manager' })
  expect(secret.startsWith('heed_')).toBe(true)
  const who = (await findByApiKey(db, secret, now()))!
  const asKey = await projectFor(db, who, scope.project.id)
  expect(asKey.role).toBe('manager')
  allow(asKey, 'topic')
  expect(() => allow(asKey, 'member')).toThrow(NotFound)
  expect(() => allow(asKey, 'key')).toThrow(NotFound)
  await expect(projectFor(db, who, (await newProject('Sea')).project.id)).rejects.toThrow(NotFound)
  expect(await first(db, sql`select count(*) from api_key where hash = ${secret}`)).toEqual({ count: 0 })
  await removeApiKey(db, scope, key.id)
  expect(await findByApiKey(db, secret, now())).toBeNull()
})

test('what happened is written down and stays as it is', async () => {
  const db = postgres.db
  const scope = await newProject('Wine')
  const member = await newMember(scope, 'fay@wine.test', 'moderator')
  await signInByPassword(db, auth, { email: 'fay@wine.test', password: 'nothing right' }, client('10.5.5.5'), now())
  await changeRole(db, scope, member.id, 'client')
  const actions = (await listAudit(db, scope.project.id, { before: null, limit: 20, installation: false })).map(
    (event) => event.action,
  )
  expect(actions).toEqual(['role-changed', 'sign-in-failed', 'sign-in', 'member-invited', 'project-created'])
  for (const change of [
    sql`update audit_event set actor = 'nobody'`,
    sql`delete from audit_event`,
    sql`truncate audit_event`,
  ]) {
    await expect(change.execute(db)).rejects.toThrow('never changed')
  }
})

test('an audit event goes with its change or not at all', async () => {
  const count = () => first(postgres.db, sql`select count(*) from audit_event`)
  const before = await count()
  await expect(
    inTransaction(postgres.db, async (tx) => {
      await audit(tx, { project: null, who: head, action: 'export' })
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(await count()).toEqual(before)
})

test('several processes share one secret of the cookies, and a lost key asks everybody to sign in again', async () => {
  const db = postgres.db
  const entered = cookieOf(
    await signInByPassword(
      db,
      auth,
      { email: 'head@heed.local', password: 'correct horse' },
      client('10.0.0.1'),
      now(),
    ),
  )
  const second = await openAuth(db, { secrets, publicUrl: 'http://heed.test' })
  expect(await findBySession(db, second, client('10.0.0.1', entered), now())).not.toBeNull()
  const third = await openAuth(db, {
    secrets: createSecrets(new Uint8Array(32).fill(9)),
    publicUrl: 'http://heed.test',
  })
  expect(await findBySession(db, third, client('10.0.0.1', entered), now())).toBeNull()
  expect(await list(db, sql`select id from cookie_secret`)).toHaveLength(1)
})

async function newProject(name: string): Promise<Scope> {
  const project = await addProject(postgres.db, head, { name, timeZone: 'Europe/Moscow' })
  return projectFor(postgres.db, head, project.id)
}

async function newMember(scope: Scope, email: string, role: Role): Promise<WhoMember> {
  const { token } = await inviteMember(postgres.db, scope, { name: email, email, role }, now())
  const entered = await signInByLink(postgres.db, auth, token ?? '', client(email), now())
  return (await findBySession(postgres.db, auth, client(email, cookieOf(entered)), now()))!.who
}

function cookieOf(entered: SignedIn): string {
  if (entered.kind !== 'signed-in') throw new Error(`Not signed in: ${entered.kind}`)
  return entered.setCookies.map((cookie) => cookie.split(';')[0]).join('; ')
}
