import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { beginningsIn } from '../../base/postgres/beginnings.ts'
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

/** The customer that an account has of its own, whomever it is joined to; null when nobody has worked for them yet. */
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

/**
 * People we help with a word of a name or handle that begins so, for every word asked, by the account that has it; joined
 * ones once. Those whose name begins with what was typed stand first, then whoever we got to know last.
 */
export async function findCustomersCalled(
  db: Database,
  project: number,
  text: string,
  limit: number,
): Promise<CustomerAuthor[]> {
  const words = beginningsIn(text)
  if (words === null) return []
  return list(
    db,
    sql<CustomerAuthor>`
      with called as materialized (
        select a.customer_id, a.platform, a.author_id, a.name, a.handle, a.added_at,
          starts_with(lower(a.name), ${text.trim().toLowerCase()}) as begins
        from customer_author a
        where a.project_id = ${project} and ${calledBy} @@ ${words}::tsquery
        limit ${mostCalled}
      )
      select platform, author_id, name, handle
      from (
        select distinct on (person) coalesce(c.joined_to, c.id) as person, c.id, a.*
        from called a
        join customer c on c.id = a.customer_id
        order by person, begins desc, a.added_at desc
      ) found
      order by begins desc nulls last, added_at desc, id desc
      limit ${limit}`,
  )
}

/** Where more are called so, whoever types goes on; looking at all would take longer than the next letter. */
const mostCalled = 2000

/** As the index of 0174 has it. */
const calledBy = sql`to_tsvector('simple', translate(lower(coalesce(a.name, '') || ' ' || coalesce(a.handle, '')), 'ё._-@/', 'е     '))`

/** The accounts of a customer and of everybody joined to it, in the order they became known. */
export async function listAuthorsOf(db: Database, project: number, customer: number): Promise<CustomerAuthor[]> {
  return list(
    db,
    sql<CustomerAuthor>`
      select a.platform, a.author_id, a.name, a.handle
      from customer asked
      join customer c on coalesce(c.joined_to, c.id) = coalesce(asked.joined_to, asked.id)
      join customer_author a on a.customer_id = c.id
      where asked.project_id = ${project} and asked.id = ${customer} and c.project_id = ${project}
      order by a.added_at, a.author_id`,
  )
}
