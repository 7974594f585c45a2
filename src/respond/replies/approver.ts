import { sql, type RawBuilder } from 'kysely'
import { must, NotFound } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { readSigned, sign } from '../help/visitor.ts'
import { settleStep, type Settlement } from './approval.ts'
import { getReply, type Reply } from './reply.ts'

/** Somebody at the client who approves replies behind a link, without an account. */
export type Approver = { id: number; projectId: number; name: string; email: string | null; lang: 'en' | 'ru' }

const purpose = 'reply-approval'
const linkDays = 30

export async function listApprovers(db: Database, project: number): Promise<Approver[]> {
  return list(
    db,
    sql<Approver>`
      select id, project_id, name, email, lang
      from approver
      where project_id = ${project} and removed_at is null
      order by id`,
  )
}

export async function addApprover(
  db: Database,
  project: number,
  { name, email, lang }: Pick<Approver, 'name' | 'email' | 'lang'>,
  by: string,
  now: Date,
): Promise<Approver> {
  return must(
    await first(
      db,
      sql<Approver>`
        insert into approver (project_id, name, email, lang, added_at, added_by)
        values (${project}, ${name}, ${email}, ${lang}, ${now}, ${by})
        returning id, project_id, name, email, lang`,
    ),
  )
}

/** Ends their links and forgets their address; what they settled keeps their name. Throws NotFound when there is no such one. */
export async function removeApprover(db: Database, project: number, id: number, now: Date): Promise<void> {
  const removed = await first(
    db,
    sql`
      update approver set removed_at = ${now}, email = null
      where project_id = ${project} and id = ${id} and removed_at is null
      returning id`,
  )
  if (!removed) throw new NotFound()
}

/** Whether a client is the one whose turn it is. */
export function waitsForClient({ state, steps, approvals }: Reply): boolean {
  return state === 'waiting' && steps[approvals.length] === 'client'
}

export type Request = { id: number; approver: string; email: string | null }

/** What a waiting reply asks of each approver of its project, made where it is not there yet. */
export async function requestsFor(db: Database, project: number, reply: Reply, now: Date): Promise<Request[]> {
  if (!waitsForClient(reply)) return []
  await ask(db, now, sql`r.id = ${reply.id}`)
  return list(
    db,
    sql<Request>`
      select q.id, a.name as approver, a.email
      from approval_request q
      join approver a on a.id = q.approver_id
      where q.reply_id = ${reply.id} and q.round = ${reply.round} and a.removed_at is null
      order by q.id`,
  )
}

async function ask(db: Database, now: Date, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into approval_request (reply_id, approver_id, round, asked_at)
    select r.id, a.id, r.round, ${now}
    from reply r
    join approver a on a.project_id = r.project_id and a.removed_at is null
    where ${which} and ${asksClient('r')}
    on conflict do nothing`.execute(db)
}

/** Whether a client is the one whose turn it is, of the replies that a statement calls so. */
function asksClient(reply: 'r' | 'rival'): RawBuilder<boolean> {
  const r = sql.ref(reply)
  return sql`
    ${r}.state = 'waiting' and ${r}.steps ->> (
      select count(*)::int from reply_approval s where s.reply_id = ${r}.id and s.round = ${r}.round
    ) = 'client'`
}

export function addressOfRequest(secrets: Secrets, publicUrl: string, id: number): string {
  return `${publicUrl}/approve/${sign(secrets, purpose, id)}`
}

/** What is behind a link: every reply to that mention that waits for a client, so that one press settles them. */
export type Approval = {
  approver: Approver
  projectName: string
  mentionId: string
  platform: string
  replies: Reply[]
  endsAt: Date
}

/** Null: the signature is not ours, the link is over, or its approver was removed. Without replies: nothing waits any more. */
export async function findApproval(db: Database, secrets: Secrets, link: string, now: Date): Promise<Approval | null> {
  const id = readSigned(secrets, purpose, link)
  if (id === null) return null
  const request = await first(
    db,
    sql<Approver & { approverId: number; projectName: string; replyId: number; askedAt: Date }>`
      select a.id as approver_id, a.id, a.project_id, a.name, a.email, a.lang, p.name as project_name, q.reply_id, q.asked_at
      from approval_request q
      join approver a on a.id = q.approver_id
      join project p on p.id = a.project_id
      where q.id = ${id} and a.removed_at is null`,
  )
  if (!request) return null
  const { projectId, name, email, lang, projectName, replyId, askedAt } = request
  const endsAt = new Date(askedAt.getTime() + linkDays * 86_400_000)
  if (endsAt <= now) return null
  const asked = await getReply(db, projectId, replyId)
  const rivals = await list(
    db,
    sql<{ id: number }>`
      select id from reply
      where project_id = ${projectId} and ticket_id = ${asked.ticketId} and mention_id = ${asked.mentionId} and state = 'waiting'
      order by id`,
  )
  const replies = (await Promise.all(rivals.map((rival) => getReply(db, projectId, rival.id)))).filter(waitsForClient)
  const approver = { id: request.approverId, projectId, name, email, lang }
  return { approver, projectName, mentionId: asked.mentionId, platform: asked.platform, replies, endsAt }
}

/** Settles the client's step of one of the replies behind a link. Throws NotFound when it is none of them. */
export async function settleByLink(
  db: Database,
  { approver, replies }: Approval,
  { reply: id, ...settlement }: Omit<Settlement, 'step'> & { reply: number },
): Promise<Reply> {
  const reply = replies.find((one) => one.id === id)
  if (!reply) throw new NotFound()
  const by = { id: `approver:${approver.id}`, name: approver.name, role: 'client' as const }
  return settleStep(db, approver.projectId, id, { ...settlement, step: reply.approvals.length }, by)
}

const reminderMs = 86_400_000

/**
 * Of every mention whose reply waits for a client: whom to write to, once when it begins to wait and once a day later. Replies
 * that compete are behind one link, so the first of them speaks for all.
 */
export async function takeUnasked(
  db: Database,
  now: Date,
  write: (tx: Database, asked: Unasked) => Promise<void>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await ask(tx, now, sql`true`)
    const unasked = await list(
      tx,
      sql<Unasked>`
        select q.id, a.name, a.email, a.lang, p.name as project_name, r.project_id, r.ticket_id, r.writer,
          q.written_at is not null as is_reminder
        from approval_request q
        join approver a on a.id = q.approver_id and a.removed_at is null and a.email is not null
        join reply r on r.id = q.reply_id and r.round = q.round and ${asksClient('r')}
        join project p on p.id = r.project_id
        where q.reminded_at is null and (q.written_at is null or q.written_at <= ${new Date(now.getTime() - reminderMs)})
          and not exists (
            select from approval_request earlier
            join reply rival on rival.id = earlier.reply_id and rival.round = earlier.round and ${asksClient('rival')}
            where earlier.approver_id = q.approver_id and earlier.id < q.id
              and rival.ticket_id = r.ticket_id and rival.mention_id = r.mention_id
          )
        order by q.id
        limit 200
        for update of q skip locked`,
    )
    for (const asked of unasked) {
      await write(tx, asked)
      await sql`
        update approval_request
        set written_at = coalesce(written_at, ${now}), reminded_at = ${asked.isReminder ? now : null}
        where id = ${asked.id}`.execute(tx)
    }
  })
}

export type Unasked = {
  id: number
  name: string
  email: string
  lang: 'en' | 'ru'
  projectName: string
  projectId: number
  ticketId: number
  writer: string | null
  isReminder: boolean
}
