import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { must, NotFound, UserError } from '../errors.ts'
import { first, inTransaction, list, type Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import { isAtLeast, type Role } from './role.ts'
import type { Scope } from './scope.ts'
import { invitationMs, makeSignInLink } from './sign-in-link.ts'

/** A person as one project knows them. */
export type Member = {
  id: string
  name: string
  email: string
  role: Role
  lastSeenAt: Date | null
  secondFactor: boolean
}
/** Null: they can already sign in, and a link would let its holder act in their name. */
export type Invitation = { member: Member; token: string | null }

export async function listMembers(db: Database, project: number): Promise<Member[]> {
  return list(db, sql<Member>`${ofProject(project)} order by lower(m.name), m.id`)
}

/** Throws NotFound when the project has no such member. */
export async function getMember(db: Database, project: number, id: string): Promise<Member> {
  const member = await first(db, sql<Member>`${ofProject(project)} and m.id = ${id}`)
  if (!member) throw new NotFound()
  return member
}

/** Somebody known by this email joins the project; somebody new is made, and comes in by the link. */
export async function inviteMember(
  db: Database,
  scope: Scope,
  input: { name: string; email: string; role: Role },
  now: Date,
): Promise<Invitation> {
  refuseRoleAbove(scope, input.role)
  const email = input.email.toLowerCase()
  return inTransaction(db, async (tx) => {
    await sql`insert into member (id, name, email, locale) values (${randomUUID()}, ${input.name}, ${email}, ${localeOf(scope)}) on conflict (email) do nothing`.execute(
      tx,
    )
    const { id } = must(await first(tx, sql<{ id: string }>`select id from member where email = ${email}`))
    const joined = await first(
      tx,
      sql`
        insert into membership (project_id, member_id, role)
        values (${scope.project.id}, ${id}, ${input.role})
        on conflict do nothing
        returning member_id`,
    )
    if (!joined)
      throw new UserError('This person is a member already', {
        key: 'member-already',
        values: { email },
        field: 'email',
      })
    await audit(tx, {
      project: scope.project.id,
      who: scope.who,
      action: 'member-invited',
      subject: email,
      details: { role: input.role },
    })
    const token = (await mayActFor(tx, scope, id)) ? await linkFor(tx, scope, id, now) : null
    return { member: await getMember(tx, scope.project.id, id), token }
  })
}

/** A fresh link for somebody who lost theirs. Throws UserError where it would give away more than the project. */
export async function renewInvitation(db: Database, scope: Scope, id: string, now: Date): Promise<Invitation> {
  return inTransaction(db, async (tx) => {
    const member = await getMember(tx, scope.project.id, id)
    if (!(await mayActFor(tx, scope, id))) {
      throw new UserError('Only the head of the installation can make a link for this person', {
        key: 'link-needs-head',
        values: { name: member.name },
      })
    }
    await audit(tx, { project: scope.project.id, who: scope.who, action: 'link-made', subject: member.email })
    return { member, token: await linkFor(tx, scope, id, now) }
  })
}

export async function changeRole(db: Database, scope: Scope, id: string, role: Role): Promise<Member> {
  return inTransaction(db, async (tx) => {
    const member = await getMember(tx, scope.project.id, id)
    refuseRoleAbove(scope, member.role)
    refuseRoleAbove(scope, role)
    await sql`update membership set role = ${role} where project_id = ${scope.project.id} and member_id = ${id}`.execute(
      tx,
    )
    await audit(tx, {
      project: scope.project.id,
      who: scope.who,
      action: 'role-changed',
      subject: member.email,
      details: { from: member.role, to: role },
    })
    return { ...member, role }
  })
}

export async function removeMember(db: Database, scope: Scope, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const member = await getMember(tx, scope.project.id, id)
    refuseRoleAbove(scope, member.role)
    await sql`delete from membership where project_id = ${scope.project.id} and member_id = ${id}`.execute(tx)
    // An invitation that was not used yet opens nothing any more.
    await sql`
      delete from sign_in_link
      where member_id = ${id} and used_at is null and not exists (select from membership where member_id = ${id})`.execute(
      tx,
    )
    await audit(tx, {
      project: scope.project.id,
      who: scope.who,
      action: 'member-removed',
      subject: member.email,
      details: { role: member.role },
    })
  })
}

function ofProject(project: number) {
  return sql`
    select m.id, m.name, m.email, s.role, m.last_seen_at, m.two_factor_enabled as second_factor
    from membership s
    join member m on m.id = s.member_id
    where s.project_id = ${project}`
}

function refuseRoleAbove(scope: Scope, role: Role): void {
  if (!isAtLeast(scope.role, role))
    throw new UserError('You cannot give or take a role above your own', { key: 'role-above-own', field: 'role' })
}

/**
 * A link signs in as the member, so whoever makes it could act in their name. Heads may; others only for somebody who
 * works nowhere else, and who either has never come in or stands below them.
 */
async function mayActFor(tx: Database, scope: Scope, id: string): Promise<boolean> {
  if (scope.who.kind !== 'member') return false
  if (scope.who.isHead) return true
  const target = must(
    await first(
      tx,
      sql<{ isHead: boolean; isNew: boolean; role: Role; elsewhere: boolean }>`
        select m.is_head, m.last_seen_at is null as is_new, s.role,
          exists (select from membership o where o.member_id = m.id and o.project_id <> s.project_id) as elsewhere
        from member m
        join membership s on s.member_id = m.id and s.project_id = ${scope.project.id}
        where m.id = ${id}`,
    ),
  )
  if (target.isHead || target.elsewhere || !isAtLeast(scope.role, target.role)) return false
  return target.isNew || target.role !== scope.role
}

function linkFor(tx: Database, scope: Scope, id: string, now: Date): Promise<string> {
  return makeSignInLink(tx, id, { madeBy: scope.who.name, expiresAt: new Date(now.getTime() + invitationMs) })
}

function localeOf(scope: Scope): string {
  return scope.who.kind === 'member' ? scope.who.locale : 'en'
}
