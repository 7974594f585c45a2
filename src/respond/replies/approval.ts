import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { isAtLeast, type Role } from '../../base/team/role.ts'
import { remember } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import { keepText } from './draft.ts'
import { getReply, refuseOtherState, refuseOtherVersion, ticketOf, type Reply } from './reply.ts'

/** The role each step asks for, in order; empty where replies go out without being approved. */
export async function getPolicy(db: Database, project: number): Promise<Role[]> {
  const row = await first(db, sql<{ steps: Role[] }>`select steps from reply_policy where project_id = ${project}`)
  return row?.steps ?? []
}

/** Replies that are being approved keep the steps they were submitted with. */
export async function setPolicy(db: Database, project: number, steps: Role[]): Promise<void> {
  await sql`
    insert into reply_policy (project_id, steps)
    values (${project}, ${JSON.stringify(steps)}::jsonb)
    on conflict (project_id) do update set steps = excluded.steps`.execute(db)
}

/** Hands the text to the approvers. */
export async function submitReply(
  db: Database,
  project: number,
  id: number,
  version: number,
  by: { id: string; name: string },
): Promise<Reply> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const reply = await getReply(tx, project, id)
    refuseOtherState(reply, ['draft'])
    refuseOtherVersion(reply, version)
    refuseEmpty(reply)
    const steps = await getPolicy(tx, project)
    if (steps.length === 0)
      throw new UserError('Replies of this project need no approval', { key: 'reply-no-approval' })
    await keepText(tx, reply, by)
    await sql`
      update reply
      set state = 'waiting', steps = ${JSON.stringify(steps)}::jsonb, changed_at = now()
      where id = ${id}`.execute(tx)
    return getReply(tx, project, id)
  })
}

export type Settlement = {
  step: number
  version: number
  approved: boolean
  /** The approver's own wording; it goes on to the next step with their name. */
  text?: string | undefined
  comment?: string | undefined
}

/**
 * Settles one step: the last one lets the reply be sent, a refusal gives it back to its writer. Each step is another
 * person's, and nobody approves what they wrote. Of two who press at once the second is told who was first. An approval
 * puts away, in the same step, what else was submitted as an answer to that mention; it stays to be read.
 */
export async function settleStep(
  db: Database,
  project: number,
  id: number,
  { step, version, approved, text, comment }: Settlement,
  by: { id: string; name: string; role: Role },
): Promise<Reply> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const reply = await getReply(tx, project, id)
    refuseSettled(reply, step)
    refuseOtherState(reply, ['waiting'])
    refuseOtherVersion(reply, version)
    if (!isAtLeast(by.role, must(reply.steps[step], 'step'))) throw new NotFound()
    const others = reply.approvals.filter((one) => one.approved).map((one) => one.memberId)
    if (by.id === reply.writerId || others.includes(by.id)) {
      throw new UserError('This step is for somebody who has not worked on the reply yet', {
        key: 'reply-approve-other',
      })
    }
    await sql`
      insert into reply_approval (reply_id, round, step, approved, comment, version, member_id, member)
      values (${id}, ${reply.round}, ${step}, ${approved}, ${comment ?? null}, ${version}, ${by.id}, ${by.name})`.execute(
      tx,
    )
    const edited = approved && text !== undefined && text.trim() !== '' && text !== reply.text
    const last = step === reply.steps.length - 1
    await sql`
      update reply
      set state = ${approved ? (last ? 'approved' : 'waiting') : 'draft'},
        round = round + ${approved ? 0 : 1},
        text = ${edited ? text : reply.text},
        version = version + ${edited ? 1 : 0},
        changed_at = now()
      where id = ${id}`.execute(tx)
    const settled = await getReply(tx, project, id)
    if (edited) await keepText(tx, settled, by)
    if (approved) await putRivalsAway(tx, settled, by)
    return settled
  })
}

async function putRivalsAway(tx: Database, chosen: Reply, by: { id: string; name: string }): Promise<void> {
  const rivals = await list(
    tx,
    sql<{ writer: string | null }>`
      update reply
      set state = 'dropped', lost_to = ${chosen.id}, changed_at = now()
      where project_id = ${chosen.projectId} and ticket_id = ${chosen.ticketId} and mention_id = ${chosen.mentionId}
        and id <> ${chosen.id} and state in ('waiting', 'approved')
      returning writer`,
  )
  if (rivals.length === 0) return
  const over = [...new Set(rivals.flatMap(({ writer }) => writer ?? []))].join(', ')
  await remember(tx, ticketOf(chosen), by, { kind: 'reply-chosen', from: over, to: chosen.writer })
}

export function refuseEmpty(reply: Reply): void {
  if (reply.text.trim() === '')
    throw new UserError('There is nothing to send yet', { key: 'reply-empty', field: 'text' })
}

function refuseSettled(reply: Reply, step: number): void {
  const settled =
    reply.approvals.find((one) => one.step === step) ?? (reply.state === 'waiting' ? null : reply.returned)
  if (!settled) return
  throw new UserError(`${settled.member} has settled this step already`, {
    key: settled.approved ? 'reply-step-approved' : 'reply-step-returned',
    values: { name: settled.member },
  })
}
