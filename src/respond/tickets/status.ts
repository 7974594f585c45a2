import { UserError } from '../../base/errors.ts'

export const statuses = ['open', 'pending', 'solved', 'closed'] as const
/** Open: our turn. Pending: the customer's turn. Solved: answered. Closed: put away; its mentions may begin a new ticket. */
export type TicketStatus = (typeof statuses)[number]

const mayBecome: { [status in TicketStatus]: readonly TicketStatus[] } = {
  open: ['pending', 'solved', 'closed'],
  pending: ['open', 'solved', 'closed'],
  solved: ['open', 'pending', 'closed'],
  // A closed ticket is opened again first, so that it is seen before it is called solved.
  closed: ['open'],
}

/** Staying what it is is always allowed. */
export function isAllowed(from: TicketStatus, to: TicketStatus): boolean {
  return from === to || mayBecome[from].includes(to)
}

/** Throws UserError when a ticket cannot go this way. */
export function refuseForbiddenChange(from: TicketStatus, to: TicketStatus): void {
  if (!isAllowed(from, to)) {
    throw new UserError('A closed ticket has to be opened again first', {
      key: 'ticket-closed',
      values: { from, to },
      field: 'status',
    })
  }
}
