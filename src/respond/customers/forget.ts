import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

/** Takes out who these accounts belong to and what people said about it. Tickets must not name the customers any more. */
export async function forgetCustomers(tx: Database, project: number, accounts: string[]): Promise<void> {
  await sql`
    delete from customer
    where project_id = ${project}
      and id in (select customer_id from customer_author where project_id = ${project} and author_id = any(${accounts}::text[]))`.execute(
    tx,
  )
  await sql`
    delete from customer_consent
    where project_id = ${project} and author_id = any(${accounts}::text[])`.execute(tx)
  await sql`
    delete from author_link
    where project_id = ${project} and (one = any(${accounts}::text[]) or other = any(${accounts}::text[]))`.execute(tx)
}
