import { sql } from 'kysely'
import { must, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { listTicketsByIds, type Ticket } from './ticket.ts'

export type ShiftPage = {
  items: Ticket[]
  next: string | null
  /** Open tickets of these projects whose promise has ended. */
  late: number
}

/**
 * Open tickets of several projects as one queue: whose promise ends next stands first, what is missed already before
 * everything else, what nobody promised anything for last, the oldest of it first. `assignee` undefined: everybody's; null:
 * nobody's. `after` is the `next` of the page before. Throws UserError for an address that Heed did not give out.
 */
export async function listShift(
  db: Database,
  projects: number[],
  {
    assignee,
    after,
    limit,
    now,
  }: { assignee: string | null | undefined; after: string | null; limit: number; now: Date },
): Promise<ShiftPage> {
  const whose = assignee === undefined ? sql`true` : sql`coalesce(t.assignee, '') = ${assignee ?? ''}`
  const cursor = after === null ? null : readPlace(after)
  const behind =
    cursor === null ? sql`true` : sql`(t.hurts_at, t.id) > (${cursor.hurtsAt}::timestamptz, ${cursor.id}::int)`
  // Each project is read in its own order, so that none is read further than a page.
  const places = await list(
    db,
    sql<{ id: number; hurtsAt: string }>`
      select found.id, found.hurts_at::text as hurts_at
      from unnest(${projects}::int[]) as p (id)
      cross join lateral (
        select t.id, t.hurts_at
        from ticket t
        where t.project_id = p.id and t.status = 'open' and ${whose} and ${behind}
        order by t.hurts_at, t.id
        limit ${limit + 1}
      ) found
      order by found.hurts_at, found.id
      limit ${limit + 1}`,
  )
  const shown = places.slice(0, limit)
  const tickets = new Map(
    (
      await listTicketsByIds(
        db,
        shown.map(({ id }) => id),
      )
    ).map((ticket) => [ticket.id, ticket]),
  )
  const last = shown.at(-1)
  const { late } = must(
    await first(
      db,
      sql<{ late: number }>`
        select count(*)::int as late
        from ticket t
        where t.project_id = any(${projects}::int[]) and t.status = 'open' and ${whose} and t.hurts_at <= ${now}`,
    ),
  )
  return {
    items: shown.flatMap(({ id }) => tickets.get(id) ?? []),
    next: places.length > limit && last ? `${last.id},${last.hurtsAt}` : null,
    late,
  }
}

function readPlace(text: string): { id: number; hurtsAt: string } {
  const found = /^(\d{1,9}),(infinity|\d{4}-\d\d-\d\d [\d:.]+\+\d\d(?::\d\d)?)$/.exec(text)
  if (!found)
    throw new UserError('This page address is not one that Heed gave out', { key: 'cursor-unknown', field: 'cursor' })
  return { id: Number(found[1]), hurtsAt: found[2] ?? '' }
}
