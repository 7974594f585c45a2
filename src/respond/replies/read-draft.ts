import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must, UserError } from '../../base/errors.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { getTicket } from '../tickets/ticket.ts'
import { openAccount } from './account.ts'
import { findReplyChannel, worded } from './channel.ts'
import { readBeforeSending, type Warning } from './checks/check.ts'
import { listLastSent, type Reply } from './reply.ts'
import { getVoice, listNamesOfOthers } from './voice.ts'

type Desk = { db: Database; clickhouse: Clickhouse; secrets: Secrets; now: () => Date }

const comparedReplies = 50

/** What a careful colleague would say about this text as a reply; the text is not kept. */
export async function checkReply(desk: Desk, reply: Reply, text: string): Promise<Warning[]> {
  const { db, clickhouse, secrets, now } = desk
  const { projectId, ticketId, platform, answers, channelId, mentionId } = reply
  const channel = channelId === null ? null : findReplyChannel(db, platform)
  const account = channel === null ? null : await openAccount(db, secrets, reply)
  const [mention] = await findMentions(clickhouse, projectId, [mentionId])
  const { assigneeName, customerName } = await getTicket(db, projectId, ticketId)
  return readBeforeSending({
    text,
    worded: worded(channel, text, answers),
    limit: channel === null || account === null ? null : channel.limits(account).length,
    mention: mention ?? { title: answers.title, text: '', lang: null },
    waitedMs: mention ? await waitedSince(db, ticketId, mention.postedAt, now()) : null,
    answered: [answers.author?.name, answers.author?.handle, customerName].filter((name) => name != null),
    ours: [reply.writer, assigneeName].filter((name) => name !== null),
    voice: { ...(await getVoice(db, projectId)), others: await listNamesOfOthers(db, projectId) },
    assignee: assigneeName,
    lastSent: await listLastSent(db, projectId, ticketId, comparedReplies),
  })
}

/** Throws UserError with the first warning that the sender has not said they have read, or that no reading helps. */
export async function refuseUnread(desk: Desk, reply: Reply, despite: string[]): Promise<void> {
  const warnings = await checkReply(desk, reply, reply.text)
  refuse(warnings.filter(({ check, blocks }) => blocks || !despite.includes(check)))
}

/** Throws UserError where this text may not stand at the platform at all. */
export async function refuseImpossible(desk: Desk, reply: Reply, text: string): Promise<void> {
  refuse((await checkReply(desk, reply, text)).filter(({ blocks }) => blocks))
}

function refuse(open: Warning[]): void {
  if (open.length === 0) return
  const { reason } = must(open[0])
  throw new UserError(reason.en, { key: 'reply-warned', values: { en: reason.en, ru: reason.ru }, field: 'despite' })
}

/** Null when they have had an answer of ours since. */
async function waitedSince(db: Database, ticket: number, postedAt: Date, now: Date): Promise<number | null> {
  const answered = await first(
    db,
    sql`select id from ticket_event where ticket_id = ${ticket} and kind = 'answered' and at >= ${postedAt} limit 1`,
  )
  return answered ? null : now.getTime() - postedAt.getTime()
}
