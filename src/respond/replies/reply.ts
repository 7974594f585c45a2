import { sql } from 'kysely'
import { NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { Role } from '../../base/team/role.ts'
import type { AnsweredMention } from '../../listen/connectors/reply-channel.ts'
import type { Problem } from '../../listen/connectors/problems.ts'

export const replyStates = [
  'draft',
  'waiting',
  'approved',
  'queued',
  'sending',
  'sent',
  'refused',
  'unsure',
  'removed',
  'dropped',
] as const
/**
 * Draft: being written. Waiting: an approver's turn. Approved: may be sent. Queued: goes out at its time. Sending: a try
 * has begun and nobody knows yet what came of it. Sent. Refused: certainly not published. Unsure: a person has to look
 * at the platform. Removed: was published and taken back. Dropped: never went out.
 */
export type ReplyState = (typeof replyStates)[number]

/** What goes out to the customer. */
export type Reply = {
  id: number
  projectId: number
  ticketId: number
  mentionId: string
  platform: string
  answers: AnsweredMention
  /** Null: a person copies it and posts it at the platform. */
  channelId: number | null
  channelName: string | null
  state: ReplyState
  text: string
  version: number
  steps: Role[]
  round: number
  approvals: Approval[]
  /** Why an approver gave it back before this round; null when none did. */
  returned: Approval | null
  /** The reply that was approved instead of this one. */
  lostTo: number | null
  seenEvent: number
  begunAt: Date
  writerId: string | null
  writer: string | null
  changedAt: Date
  sendAt: Date | null
  despite: string[]
  problem: Problem | null
  platformId: string | null
  publishedAs: string | null
  url: string | null
  sentAt: Date | null
  sentById: string | null
  sentBy: string | null
}

/** Who settled which step of the present round. */
export type Approval = { step: number; approved: boolean; comment: string | null; member: string; memberId: string }

/** Throws NotFound when this project has no such reply. */
export async function getReply(db: Database, project: number, id: number): Promise<Reply> {
  const reply = await first(db, sql<Reply>`${whole} where r.project_id = ${project} and r.id = ${id}`)
  if (!reply) throw new NotFound()
  return reply
}

/** How many replies of each project wait for somebody's approval. */
export async function countWaiting(db: Database, projects: number[]): Promise<Map<number, number>> {
  const rows = await list(
    db,
    sql<{ projectId: number; waiting: number }>`
      select project_id, count(*)::int as waiting
      from reply
      where project_id = any(${projects}::int[]) and state = 'waiting'
      group by project_id`,
  )
  return new Map(rows.map(({ projectId, waiting }) => [projectId, waiting]))
}

/** The replies of a ticket in the order in which they were begun, without those that their writers dropped. */
export async function listReplies(db: Database, project: number, ticket: number): Promise<Reply[]> {
  return list(
    db,
    sql<Reply>`
      ${whole}
      where r.project_id = ${project} and r.ticket_id = ${ticket} and (r.state <> 'dropped' or r.lost_to is not null)
      order by r.id`,
  )
}

/** What this project last told others, newest first: texts, without those of this ticket. */
export async function listLastSent(
  db: Database,
  project: number,
  without: number,
  limit: number,
): Promise<{ id: number; ticketId: number; text: string }[]> {
  return list(
    db,
    sql<{ id: number; ticketId: number; text: string }>`
      select id, ticket_id, text
      from reply
      where project_id = ${project} and state = 'sent' and ticket_id <> ${without}
      order by sent_at desc
      limit ${limit}`,
  )
}

/** Throws UserError when the text is another one than the person has read. */
export function refuseOtherVersion(reply: Reply, version: number): void {
  if (reply.version !== version) {
    throw new UserError('The text has changed meanwhile; read it again first', { key: 'reply-changed' })
  }
}

/** Throws UserError when the reply is past this. */
export function refuseOtherState(reply: Reply, states: readonly ReplyState[]): void {
  if (!states.includes(reply.state)) {
    throw new UserError('The reply is past this step; look at it again', {
      key: 'reply-past',
      values: { state: reply.state },
    })
  }
}

export function ticketOf(reply: Reply): { id: number; projectId: number } {
  return { id: reply.ticketId, projectId: reply.projectId }
}

/** Throws UserError when it is not the address of a page: people will press it. */
export function refuseOddAddress(url: string | null): void {
  if (url !== null && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
    throw new UserError('The address must begin with http:// or https://', { key: 'site.url', field: 'url' })
}

const whole = sql`
  select r.id, r.project_id, r.ticket_id, r.mention_id, r.platform, r.answers, r.channel_id, c.name as channel_name, r.state, r.text,
    r.version, r.steps, r.round, r.lost_to, r.seen_event, r.begun_at, r.writer_id, r.writer, r.changed_at, r.send_at, r.despite,
    r.problem, r.platform_id, r.published_as, r.url, r.sent_at, r.sent_by_id, r.sent_by,
    coalesce((
      select jsonb_agg(jsonb_build_object('step', a.step, 'approved', a.approved, 'comment', a.comment,
        'member', a.member, 'memberId', a.member_id) order by a.step)
      from reply_approval a
      where a.reply_id = r.id and a.round = r.round
    ), '[]') as approvals,
    (
      select jsonb_build_object('step', a.step, 'approved', a.approved, 'comment', a.comment, 'member', a.member,
        'memberId', a.member_id)
      from reply_approval a
      where a.reply_id = r.id and a.round = r.round - 1 and not a.approved
    ) as returned
  from reply r
  left join channel c on c.id = r.channel_id`
