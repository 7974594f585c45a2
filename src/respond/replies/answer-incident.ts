import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { fillIn } from '../knowledge/variables.ts'
import { getIncident, listTicketsOfIncident } from '../tickets/incident.ts'
import { getTicket, listMentionIds } from '../tickets/ticket.ts'
import { listAccounts } from './account.ts'
import { beginDraft, writeDraft } from './draft.ts'
import type { Reply } from './reply.ts'

/**
 * Begins one answer to everybody of an incident: a draft beneath what each wrote last, in every ticket of it that is open or waits, with
 * the variables filled for that person. Nothing goes out by this: people read, word and send each. A draft that the writer has begun there
 * already keeps its words, and tickets whose mentions are gone are left out.
 */
export async function answerIncident(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  project: { id: number; name: string },
  { incident, text }: { incident: number; text: string },
  by: { id: string; name: string },
): Promise<Reply[]> {
  await getIncident(db, project.id, incident)
  const accounts = await listAccounts(db, project.id)
  const drafts: Reply[] = []
  for (const { id, status } of await listTicketsOfIncident(db, incident)) {
    if (status !== 'open' && status !== 'pending') continue
    const ticket = await getTicket(db, project.id, id)
    const mentions = await findMentions(clickhouse, project.id, await listMentionIds(db, project.id, id))
    const last = mentions
      .filter(({ author }) => author !== null)
      .toSorted((one, other) => other.postedAt.getTime() - one.postedAt.getTime())[0]
    if (last === undefined) continue
    const channel = accounts.find(({ platform }) => platform === last.platform)?.id ?? null
    const draft = await beginDraft(db, project.id, { ticket: id, mention: last, channel }, by)
    const worded = fillIn(text, {
      'customer.name': last.author?.name ?? ticket.customerName,
      'author.handle': last.author?.handle ?? null,
      'ticket.number': `#${id}`,
      'ticket.title': ticket.title,
      'member.name': by.name,
      'project.name': project.name,
    })
    drafts.push(
      draft.text.trim() === ''
        ? await writeDraft(db, project.id, draft.id, { text: worded.text, version: draft.version })
        : draft,
    )
  }
  return drafts
}
