import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must, UserError } from '../../base/errors.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { getTicket } from '../tickets/ticket.ts'
import { openAccount } from './account.ts'
import { findReplyChannel, worded } from './channel.ts'
import { readBeforeSending, type Warning } from './checks/check.ts'
import { listLastSent, type Reply } from './reply.ts'

type Desk = { db: Database; clickhouse: Clickhouse; secrets: Secrets }

const comparedReplies = 50

/** What a careful colleague would say about this text as a reply; the text is not kept. */
export async function checkReply({ db, clickhouse, secrets }: Desk, reply: Reply, text: string): Promise<Warning[]> {
  const { projectId, ticketId, platform, answers, channelId, mentionId } = reply
  const channel = channelId === null ? null : findReplyChannel(db, platform)
  const account = channel === null ? null : await openAccount(db, secrets, reply)
  const [mention] = await findMentions(clickhouse, projectId, [mentionId])
  return readBeforeSending({
    text,
    worded: worded(channel, text, answers),
    limit: channel === null || account === null ? null : channel.limits(account).length,
    mention: mention ?? { title: answers.title, text: '', lang: null },
    assignee: (await getTicket(db, projectId, ticketId)).assigneeName,
    lastSent: await listLastSent(db, projectId, ticketId, comparedReplies),
  })
}

/** Throws UserError with the first warning that the sender has not said they have read, or that no reading helps. */
export async function refuseUnread(desk: Desk, reply: Reply, despite: string[]): Promise<void> {
  const warnings = await checkReply(desk, reply, reply.text)
  const open = warnings.filter(({ check, blocks }) => blocks || !despite.includes(check))
  if (open.length === 0) return
  const { reason } = must(open[0])
  throw new UserError(reason.en, { key: 'reply-warned', values: { en: reason.en, ru: reason.ru }, field: 'despite' })
}
