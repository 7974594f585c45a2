import { may } from '../../base/team/role.ts'
import type { Scope } from '../../base/team/scope.ts'
import { findMentions, listOfAuthors } from '../../listen/mentions/read.ts'
import { listRemoved } from '../../listen/mentions/removal.ts'
import { listAuthorsOf } from '../../respond/customers/customer.ts'
import type { Clock } from '../../respond/clocks/clock.ts'
import { listClocks } from '../../respond/clocks/clocks.ts'
import { listHistory } from '../../respond/tickets/history.ts'
import { listTicketsOfIncident } from '../../respond/tickets/incident.ts'
import { listLinks } from '../../respond/tickets/links.ts'
import { listMoves } from '../../respond/tickets/move.ts'
import { listWatchers } from '../../respond/tickets/watchers.ts'
import { listMentionIds, type Ticket } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { showMentions } from './mention-shape.ts'
import type * as shapes from './shapes/ticket.ts'

const shownOfCustomer = 50

export function showTicket(ticket: Ticket): shapes.Ticket {
  const { id, title, titleOf, status, priority, tags, fields, mergedInto, mentionCount, openedBy } = ticket
  return {
    ...{ id, title, titleOf, status, priority, tags, fields, mergedInto, mentionCount, openedBy },
    queue: ticket.queueId === null ? null : { id: ticket.queueId, name: ticket.queueName ?? '' },
    incident: ticket.incidentId === null ? null : { id: ticket.incidentId, title: ticket.incidentTitle ?? '' },
    assignee:
      ticket.assigneeId === null ? null : { id: ticket.assigneeId, name: ticket.assigneeName ?? ticket.assigneeId },
    customer: ticket.customerId === null ? null : { id: ticket.customerId, name: ticket.customerName ?? '' },
    nextDueAt: ticket.nextDueAt?.toISOString() ?? null,
    openedAt: ticket.openedAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    firstMentionAt: ticket.firstMentionAt?.toISOString() ?? null,
  }
}

/**
 * A ticket with everything somebody needs to answer: its mentions, what else the customer wrote, and what happened.
 * Notes stay with the team, so a client gets the history without them.
 */
export async function showTicketDetail(
  house: Pick<House, 'clickhouse' | 'postgres'>,
  ticket: Ticket,
  { role }: Pick<Scope, 'role'>,
): Promise<shapes.TicketDetail> {
  const { clickhouse } = house
  const { db } = house.postgres
  const project = ticket.projectId
  const ids = await listMentionIds(db, project, ticket.id)
  const authors = ticket.customerId === null ? [] : await listAuthorsOf(db, project, ticket.customerId)
  const history = await listHistory(db, project, ticket.id)
  const mentions = await findMentions(clickhouse, project, ids)
  const missing = ids.filter((id) => mentions.every((mention) => mention.id !== id))
  const removed = await listRemoved(db, project, missing)
  const written = await listOfAuthors(
    clickhouse,
    project,
    authors.map((author) => author.authorId),
    shownOfCustomer + ids.length,
  )
  const others = written.filter((mention) => !ids.includes(mention.id)).slice(0, shownOfCustomer)
  const shown = await showMentions(clickhouse, project, [...mentions, ...others])
  return {
    ticket: showTicket(ticket),
    mentions: shown.slice(0, mentions.length),
    removedMentions: removed.map(({ postedAt, removedAt, ...which }) => ({
      ...which,
      postedAt: postedAt.toISOString(),
      removedAt: removedAt.toISOString(),
    })),
    customerMentions: shown.slice(mentions.length),
    customerAuthors: authors,
    history: history
      .filter(({ kind }) => kind !== 'note-added' || may(role, 'ticket'))
      .map((event) => ({ ...event, at: event.at.toISOString() })),
    clocks: (await listClocks(db, ticket.id)).map(showClock),
    watchers: await listWatchers(db, ticket.id),
    links: await listLinks(db, project, ticket.id),
    incidentTickets: ticket.incidentId === null ? [] : await listTicketsOfIncident(db, ticket.incidentId),
    moves: (await listMoves(db, project, ticket.id)).map(({ id, kind, fromTicket, intoTicket }) => ({
      ...{ id, kind, fromTicket, intoTicket },
    })),
  }
}

function showClock({
  id,
  kind,
  minutes,
  beganAt,
  dueAt,
  missedAt,
  endedAt,
  outcome,
}: Clock): shapes.TicketDetail['clocks'][number] {
  return {
    ...{ id, kind, minutes, outcome },
    beganAt: beganAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    missedAt: missedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  }
}
