import type { Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { isProblemKey, tell } from '../../listen/connectors/problems.ts'
import { openAccount, type ConnectedAccount } from '../../respond/replies/account.ts'
import { changedSince } from '../../respond/replies/changed-since.ts'
import { findReplyChannel } from '../../respond/replies/channel.ts'
import type { Warning } from '../../respond/replies/checks/check.ts'
import type { Reply } from '../../respond/replies/reply.ts'
import type { House } from '../house.ts'
import type * as shapes from './shapes/reply.ts'

export function showModel(model: House['model']): shapes.ReplyModel {
  return model && { name: model.name, host: model.host }
}

const goesOn = new Set<Reply['state']>(['draft', 'waiting', 'approved'])

export async function showReply(db: Database, reply: Reply, locale: 'en' | 'ru'): Promise<shapes.Reply> {
  const channel = reply.platformId === null ? null : findReplyChannel(db, reply.platform)
  const { id, state, text, version, steps, approvals, returned, lostTo, despite, url, sentBy } = reply
  return {
    ...{ id, state, text, version, steps, approvals, returned, lostTo, despite, url, sentBy },
    ticket: reply.ticketId,
    mention: reply.mentionId,
    platform: reply.platform,
    account: reply.channelId === null ? null : { id: reply.channelId, name: reply.channelName ?? '' },
    writer: reply.writerId === null ? null : { id: reply.writerId, name: reply.writer ?? '' },
    begunAt: reply.begunAt.toISOString(),
    changedAt: reply.changedAt.toISOString(),
    sendAt: reply.sendAt?.toISOString() ?? null,
    problem: reply.problem && isProblemKey(reply.problem.key) ? tell(reply.problem, locale) : null,
    changes: goesOn.has(state)
      ? (await changedSince(db, reply)).map((event) => ({ ...event, at: event.at.toISOString() }))
      : [],
    sentAt: reply.sentAt?.toISOString() ?? null,
    canEdit: state === 'sent' && channel?.edit !== undefined,
    canRemove: state === 'sent' && channel?.remove !== undefined,
  }
}

export async function showAccount(
  db: Database,
  secrets: Secrets,
  project: number,
  account: ConnectedAccount,
): Promise<shapes.ReplyAccount> {
  const { id, platform, name, connectedBy } = account
  const opened = await openAccount(db, secrets, { projectId: project, channelId: id })
  const limit = opened === null ? null : (findReplyChannel(db, platform)?.limits(opened).length ?? null)
  return { id, platform, name, connectedBy, connectedAt: account.connectedAt.toISOString(), limit }
}

export function showWarning({ check, blocks, reason, words }: Warning, locale: 'en' | 'ru'): shapes.ReplyWarning {
  return { check, blocks, reason: reason[locale], words }
}
