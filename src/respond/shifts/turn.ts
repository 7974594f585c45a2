import { UserError } from '../../base/errors.ts'
import { inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { assignTicket } from '../tickets/change.ts'
import type { Actor } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import { getTicket, type Ticket } from '../tickets/ticket.ts'
import { listColleagues, noteTurn, type Colleague } from './aptitude.ts'

/** What a ticket asks of whoever gets it; null language: nobody knows. */
export type Need = { language: string | null; queue: string | null; tags: string[] }

/**
 * Whose turn it is among those who work now, fit and have room: whoever has the smallest share of what they may have, of equals the one
 * who was given something longest ago. Null: nobody.
 */
export function whoseTurn(colleagues: Colleague[], { language, queue, tags }: Need): Colleague | null {
  const asked = [queue, ...tags].filter((one) => one !== null).map((one) => one.toLowerCase())
  const fits = colleagues.filter(
    ({ since, capacity, open, languages, skills }) =>
      since !== null &&
      (capacity === null || open < capacity) &&
      (languages.length === 0 || language === null || languages.includes(language)) &&
      (skills.length === 0 || skills.some((skill) => asked.includes(skill.toLowerCase()))),
  )
  const load = ({ open, capacity }: Colleague) => (capacity === null ? open / usualCapacity : open / capacity)
  const given = ({ givenAt }: Colleague) => givenAt?.getTime() ?? -Infinity
  const [next] = fits.toSorted(
    (one, other) =>
      load(one) - load(other) || compare(given(one), given(other)) || (one.memberId < other.memberId ? -1 : 1),
  )
  return next ?? null
}

// What somebody without a limit is compared by.
const usualCapacity = 20

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1
}

/** Gives a ticket to whoever's turn it is, once also when two ask at the same moment. Throws UserError when nobody fits. */
export async function giveInTurn(
  db: Database,
  project: number,
  id: number,
  language: string | null,
  by: Actor,
  now: Date,
): Promise<Ticket> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const { assigneeId, queueName: queue, tags } = await getTicket(tx, project, id)
    const colleagues = await listColleagues(tx, project, now)
    const next = whoseTurn(
      colleagues.filter(({ memberId }) => memberId !== assigneeId),
      { language, queue, tags },
    )
    if (next === null)
      throw new UserError('Nobody who works now fits this ticket and has room', { key: 'nobodys-turn' })
    await noteTurn(tx, project, next.memberId, now)
    return assignTicket(tx, project, id, { member: next.memberId, findMember: async () => next }, by)
  })
}
