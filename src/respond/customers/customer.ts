import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'

/** A person we help, known by the accounts they write from. */
export type Customer = { id: number; name: string }
export type CustomerAuthor = { platform: string; authorId: string; name: string | null; handle: string | null }

/** The person behind an account; made when nobody is known for it yet, also when two ask at once. */
export async function customerBehind(db: Database, project: number, author: CustomerAuthor): Promise<Customer> {
  return inTransaction(db, async (tx) => {
    const known = await findCustomerOf(tx, project, author.authorId)
    if (known) return known
    const name = author.name ?? author.handle ?? author.authorId
    const made = must(
      await first(
        tx,
        sql<Customer>`insert into customer (project_id, name) values (${project}, ${name}) returning id, name`,
      ),
    )
    const joined = await first(
      tx,
      sql`
        insert into customer_author (project_id, author_id, customer_id, platform, name, handle)
        values (${project}, ${author.authorId}, ${made.id}, ${author.platform}, ${author.name}, ${author.handle})
        on conflict do nothing
        returning author_id`,
    )
    if (joined) return made
    // Somebody else was quicker; theirs stays.
    await sql`delete from customer where id = ${made.id}`.execute(tx)
    return must(await findCustomerOf(tx, project, author.authorId))
  })
}

export async function findCustomerOf(db: Database, project: number, authorId: string): Promise<Customer | null> {
  return first(
    db,
    sql<Customer>`
      select c.id, c.name
      from customer_author a
      join customer c on c.id = a.customer_id
      where a.project_id = ${project} and a.author_id = ${authorId}`,
  )
}

/** The accounts of a customer, in the order they became known. */
export async function listAuthorsOf(db: Database, project: number, customer: number): Promise<CustomerAuthor[]> {
  return list(
    db,
    sql<CustomerAuthor>`
      select platform, author_id, name, handle
      from customer_author
      where project_id = ${project} and customer_id = ${customer}
      order by added_at, author_id`,
  )
}
