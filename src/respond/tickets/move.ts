import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { changeAttributes } from './attributes.ts'
import { assignTicket, putStatus } from './change.ts'
import { remember, type Actor } from './history.ts'
import { lockTickets } from './lock.ts'
import { tellMentions } from './outbox.ts'
import { promiseFor } from './promises.ts'
import { isAllowed, type TicketStatus } from './status.ts'
import { getTicket, listMentionIds, nameOf, type Ticket } from './ticket.ts'

/** Mentions that people moved between tickets. `into` has them unless it was undone. */
export type TicketMove = {
  id: number
  kind: 'merge' | 'split'
  fromTicket: number
  intoTicket: number
  mentionIds: string[]
  statusBefore: TicketStatus
  /** What the other ticket lacked and got with a merge. */
  gaveAssignee: string | null
  gaveTags: string[]
  undoneAt: Date | null
}

/**
 * Makes one ticket of two: `into` gets the mentions, the watchers, the tags and, where nobody has it, the owner; `from` is
 * closed and says where to go on. Its history and notes stay with it. Returns `into`.
 */
export async function mergeTickets(
  db: Database,
  project: number,
  { from, into }: { from: number; into: number },
  actor: Actor,
): Promise<Ticket> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const [source, target] = [await getTicket(tx, project, from), await getTicket(tx, project, into)]
    if (from === into)
      throw new UserError('Choose another ticket to merge with', { key: 'ticket-merge-itself', field: 'into' })
    refuseClosed(source)
    refuseClosed(target)
    const mentions = await listMentionIds(tx, project, from)
    const gaveAssignee = target.assigneeId === null ? source.assigneeId : null
    const gaveTags = source.tags.filter((tag) => !target.tags.includes(tag))
    await noteMove(tx, project, {
      ...{ kind: 'merge', from, into, mentions, statusBefore: source.status },
      ...{ gaveAssignee, gaveTags },
    })
    await moveMentions(tx, mentions, { from, into })
    await sql`
      insert into ticket_watcher (ticket_id, member_id)
      select ${into}, member_id from ticket_watcher where ticket_id = ${from}
      on conflict do nothing`.execute(tx)
    await sql`update ticket set merged_into = ${into} where id = ${from}`.execute(tx)
    await putStatus(tx, source, 'closed', actor, new Date())
    await remember(tx, source, actor, { kind: 'merged-into', to: nameOf(target) })
    await remember(tx, target, actor, { kind: 'merged-from', from: nameOf(source) })
    if (gaveAssignee !== null) {
      const findMember = async () => ({ name: source.assigneeName ?? '' })
      await assignTicket(tx, project, into, { member: gaveAssignee, findMember }, actor)
    }
    await tellMentions(tx, project, into)
    return changeAttributes(tx, project, into, { addTags: gaveTags }, actor)
  })
}

/** Puts some mentions of a ticket into a new one, of the same customer. At least one stays. Returns the new one. */
export async function splitTicket(
  db: Database,
  project: number,
  { from, mentions, title }: { from: number; mentions: string[]; title?: string | undefined },
  actor: Actor,
): Promise<Ticket> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const source = await getTicket(tx, project, from)
    refuseClosed(source)
    const there = await listMentionIds(tx, project, from)
    const moved = there.filter((id) => mentions.includes(id))
    if (moved.length < new Set(mentions).size) throw new NotFound()
    if (moved.length === there.length)
      throw new UserError('Leave at least one mention in the ticket', { key: 'ticket-split-all', field: 'mentions' })
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into ticket (project_id, title, title_of, words_of, customer_id, opened_by, assignee, priority, queue_id, platform, stage, tonality)
          select project_id, ${title ?? source.title}, ${title === undefined ? source.titleOf : null},
            case when exists (select from ticket_event where ticket_id = ${from} and kind = 'opened' and to_value = ${title ?? source.title}) then words_of end,
            customer_id, ${actor?.name ?? null}, assignee, priority, queue_id,
            platform, stage, tonality
          from ticket
          where id = ${from}
          returning id`,
      ),
    )
    const target = await getTicket(tx, project, id)
    await noteMove(tx, project, {
      ...{ kind: 'split', from, into: id, mentions: moved, statusBefore: target.status },
      ...{ gaveAssignee: null, gaveTags: [] },
    })
    await moveMentions(tx, moved, { from, into: id })
    await remember(tx, target, actor, { kind: 'opened', to: target.title })
    await promiseFor(tx, target, new Date())
    await remember(tx, target, actor, { kind: 'split-from', from: nameOf(source) })
    await remember(tx, source, actor, { kind: 'split-into', to: nameOf(target) })
    await tellMentions(tx, project, id)
    await tellMentions(tx, project, from)
    return getTicket(tx, project, id)
  })
}

/**
 * Takes a merge or a split back: the mentions go where they were, and the tags and the owner that came with them leave again,
 * unless somebody else has the ticket by now. Throws UserError when they have gone on since or a ticket
 * is closed that would get them. Undoing twice changes nothing. Returns the ticket that has
 * them again, and the other one.
 */
export async function undoMove(
  db: Database,
  project: number,
  move: number,
  actor: Actor,
): Promise<{ ticket: Ticket; other: number }> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const made = await first(tx, sql<TicketMove>`${moves} where project_id = ${project} and id = ${move}`)
    if (!made) throw new NotFound()
    const { kind, fromTicket: from, intoTicket: into, mentionIds, statusBefore, gaveAssignee, gaveTags } = made
    if (made.undoneAt !== null) return { ticket: await getTicket(tx, project, from), other: into }
    const [source, target] = [await getTicket(tx, project, from), await getTicket(tx, project, into)]
    const there = await listMentionIds(tx, project, into)
    const elsewhere = mentionIds.some((id) => !there.includes(id))
    if (elsewhere || (kind === 'split' && there.length > mentionIds.length))
      throw new UserError('The mentions have gone on since; take the later step back first', {
        key: 'ticket-move-went-on',
      })
    refuseClosed(target)
    if (kind === 'split') refuseClosed(source)
    await sql`update ticket_move set undone_at = now() where id = ${move}`.execute(tx)
    await moveMentions(tx, mentionIds, { from: into, into: from })
    if (kind === 'merge') {
      await sql`update ticket set merged_into = null where id = ${from}`.execute(tx)
      await putStatus(tx, source, 'open', actor, new Date())
      const open = { ...source, status: 'open' as const }
      if (statusBefore !== 'open' && isAllowed('open', statusBefore))
        await putStatus(tx, open, statusBefore, actor, new Date())
      if (gaveAssignee !== null && target.assigneeId === gaveAssignee)
        await assignTicket(tx, project, into, { member: null, findMember: async () => null }, actor)
      await changeAttributes(tx, project, into, { removeTags: gaveTags }, actor)
    } else {
      await sql`update ticket set merged_into = ${from} where id = ${into}`.execute(tx)
      await putStatus(tx, target, 'closed', actor, new Date())
    }
    await remember(tx, source, actor, { kind: 'move-undone', about: kind, from: nameOf(target) })
    await remember(tx, target, actor, { kind: 'move-undone', about: kind, to: nameOf(source) })
    await tellMentions(tx, project, from)
    await tellMentions(tx, project, into)
    return { ticket: await getTicket(tx, project, from), other: into }
  })
}

/** The merges and splits that this ticket was part of and that stand, newest first. */
export async function listMoves(db: Database, project: number, ticket: number): Promise<TicketMove[]> {
  return list(
    db,
    sql<TicketMove>`
      ${moves}
      where project_id = ${project} and (from_ticket = ${ticket} or into_ticket = ${ticket}) and undone_at is null
      order by id desc`,
  )
}

const moves = sql`
  select id, kind, from_ticket, into_ticket, mention_ids, status_before, gave_assignee, gave_tags, undone_at
  from ticket_move`

async function noteMove(
  tx: Database,
  project: number,
  move: { from: number; into: number; mentions: string[] } & Pick<
    TicketMove,
    'kind' | 'statusBefore' | 'gaveAssignee' | 'gaveTags'
  >,
): Promise<void> {
  await sql`
    insert into ticket_move (project_id, kind, from_ticket, into_ticket, mention_ids, status_before, gave_assignee, gave_tags)
    values (${project}, ${move.kind}, ${move.from}, ${move.into}, ${move.mentions}::text[], ${move.statusBefore},
      ${move.gaveAssignee}, ${move.gaveTags}::text[])`.execute(tx)
}

async function moveMentions(
  tx: Database,
  ids: string[],
  { from, into }: { from: number; into: number },
): Promise<void> {
  await sql`
    update ticket_mention set ticket_id = ${into}, live = true, turn = default
    where ticket_id = ${from} and mention_id = any(${ids}::text[])`.execute(tx)
}

function refuseClosed({ id, status, mergedInto }: Ticket): void {
  if (mergedInto !== null) {
    const ticket = `#${mergedInto}`
    throw new UserError(`Ticket #${id} was merged into ${ticket}; go on there`, {
      key: 'ticket-merged-away',
      values: { id: `#${id}`, ticket },
    })
  }
  if (status === 'closed') throw new UserError('A closed ticket has to be opened again first', { key: 'ticket-closed' })
}
