import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { lockTickets } from './lock.ts'

/** The title of a ticket whose words are gone. */
export const titleOfGone = '—'

/** A ticket with words of a person; `isTheirs`: it was theirs, or about nobody else. */
export type TouchedTicket = { id: number; isTheirs: boolean }

/** The tickets that have one of these mentions or one of these accounts as their customer. Nobody changes them until `tx` ends. */
export async function lockTicketsOf(
  tx: Database,
  project: number,
  mentions: string[],
  accounts: string[],
): Promise<TouchedTicket[]> {
  await lockTickets(tx, project)
  return list(
    tx,
    sql<TouchedTicket>`
      select t.id, t.customer_id in (select customer_id from customer_author where project_id = ${project} and author_id = any(${accounts}::text[])) is true
        or not exists (select from ticket_mention where ticket_id = t.id and mention_id <> all(${mentions}::text[])) as is_theirs
      from ticket t
      where t.project_id = ${project}
        and (
          exists (select from ticket_mention where ticket_id = t.id and mention_id = any(${mentions}::text[]))
          or t.customer_id in (select customer_id from customer_author where project_id = ${project} and author_id = any(${accounts}::text[]))
        )`,
  )
}

/**
 * Takes the words of a person out of the tickets of a project: their mentions leave, a ticket that had one of them loses its
 * title, and one that was theirs also loses its notes. The ticket, its clocks and who worked on it stay, so that what was counted stays true.
 */
export async function forgetInTickets(
  tx: Database,
  project: number,
  mentions: string[],
  touched: TouchedTicket[],
): Promise<void> {
  const all = touched.map(({ id }) => id)
  const whole = touched.filter(({ isTheirs }) => isTheirs).map(({ id }) => id)
  await sql`delete from ticket_mention where project_id = ${project} and mention_id = any(${mentions}::text[])`.execute(
    tx,
  )
  await sql`
    update ticket_move set mention_ids = array(select unnest(mention_ids) except select unnest(${mentions}::text[]))
    where project_id = ${project} and mention_ids && ${mentions}::text[]`.execute(tx)
  // What names a ticket of theirs by its title stands in the histories of other tickets too, so all of those lines are taken.
  await sql`
    update ticket_event set from_value = null, to_value = null
    where ticket_id = any(${all}::int[])
      and (kind in ('opened', 'title-changed', 'field-changed', 'merged-into', 'merged-from', 'split-into', 'split-from',
          'move-undone', 'linked', 'unlinked')
        or kind = 'mention-added' and to_value = any(${mentions}::text[]))`.execute(tx)
  await sql`
    update ticket_event e set from_value = null, to_value = null
    from (select unnest(${all}::int[]) as id) t
    where e.project_id = ${project}
      and e.kind in ('merged-into', 'merged-from', 'split-into', 'split-from', 'move-undone', 'linked', 'unlinked')
      and (split_part(e.from_value, ' ', 1) = '#' || t.id or split_part(e.to_value, ' ', 1) = '#' || t.id)`.execute(tx)
  await sql`delete from ticket_event where ticket_id = any(${whole}::int[]) and kind = 'note-added'`.execute(tx)
  await sql`delete from note where ticket_id = any(${whole}::int[])`.execute(tx)
  await sql`update ticket set title = ${titleOfGone}, title_of = null, words_of = null where id = any(${all}::int[])`.execute(
    tx,
  )
  await sql`update ticket set customer_id = null, tags = '{}', fields = '{}' where id = any(${whole}::int[])`.execute(
    tx,
  )
}
