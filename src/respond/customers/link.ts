import { sql } from 'kysely'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import type { Who } from '../../base/team/scope.ts'
import { customerBehind, findCustomerOf, listAuthorsOf, type Customer, type CustomerAuthor } from './customer.ts'
import { decide, type Reason } from './decision.ts'

type By = { who: Who; now: Date }

/**
 * Calls the people behind two accounts one and the same, with everybody who is joined to either of them. Their tickets
 * stay with the account that wrote. Doing it twice changes nothing.
 */
export async function joinAccounts(
  db: Database,
  project: number,
  accounts: { one: CustomerAuthor; other: CustomerAuthor },
  reasons: Reason[],
  by: By,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockLinks(tx, project)
    const root = await rootOf(tx, await customerBehind(tx, project, accounts.one))
    const joined = await rootOf(tx, await customerBehind(tx, project, accounts.other))
    if (root === joined) return
    await sql`
      update customer set joined_to = ${root}
      where project_id = ${project} and (id = ${joined} or joined_to = ${joined})`.execute(tx)
    const pair = [accounts.one.authorId, accounts.other.authorId] as const
    await decide(tx, project, pair, 'same', reasons, by)
    // The names of the accounts stay out of the audit, which outlives a person's wish to be forgotten.
    await audit(tx, { project, who: by.who, action: 'accounts-joined', subject: `#${root}` })
  })
}

/** Gives an account its own person again; the others stay together. One that stands alone stays as it is. */
export async function separateAccount(db: Database, project: number, authorId: string, by: By): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockLinks(tx, project)
    const customer = await findCustomerOf(tx, project, authorId)
    if (customer === null) return
    const accounts = await listAuthorsOf(tx, project, customer.id)
    const others = accounts.filter((account) => account.authorId !== authorId)
    if (others.length === 0) return
    await sql`
      with next as (
        select min(id) as id from customer where project_id = ${project} and joined_to = ${customer.id}
      )
      update customer set joined_to = case when customer.id = next.id then null else next.id end
      from next
      where project_id = ${project} and joined_to = ${customer.id}`.execute(tx)
    await sql`update customer set joined_to = null where id = ${customer.id}`.execute(tx)
    for (const other of others) await decide(tx, project, [authorId, other.authorId], 'apart', [], by)
    await audit(tx, { project, who: by.who, action: 'accounts-separated', subject: `#${customer.id}` })
  })
}

/** All accounts of the person behind this one, this one among them; none while nobody has worked for them. */
export async function findPerson(db: Database, project: number, authorId: string): Promise<CustomerAuthor[]> {
  const customer = await findCustomerOf(db, project, authorId)
  return customer === null ? [] : listAuthorsOf(db, project, customer.id)
}

/** An account of somebody, with the customer that it has of its own; `person` is the same for all accounts of one. */
export type PersonAccount = { person: number; authorId: string; customerId: number }

/** All accounts of the people behind these; an account that nobody has worked for yet is not among them. */
export async function listAccountsOfPeople(db: Database, project: number, authors: string[]): Promise<PersonAccount[]> {
  return list(
    db,
    sql<PersonAccount>`
      with account as (
        select coalesce(c.joined_to, c.id) as person, a.author_id, a.customer_id
        from customer_author a
        join customer c on c.id = a.customer_id
        where a.project_id = ${project}
      )
      select person, author_id, customer_id
      from account
      where person in (select person from account where author_id = any(${authors}::text[]))
      order by author_id`,
  )
}

/** The customers of one person: the tickets of any of them are theirs. */
export async function listCustomersOf(db: Database, project: number, accounts: string[]): Promise<number[]> {
  const rows = await list(
    db,
    sql<{ customerId: number }>`
      select distinct customer_id
      from customer_author
      where project_id = ${project} and author_id = any(${accounts}::text[])`,
  )
  return rows.map((row) => row.customerId)
}

// Two links at once could make a circle.
async function lockLinks(tx: Database, project: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(72656567, ${project})`.execute(tx)
}

async function rootOf(tx: Database, customer: Customer): Promise<number> {
  const row = await first(
    tx,
    sql<{ root: number }>`select coalesce(joined_to, id) as root from customer where id = ${customer.id}`,
  )
  return row?.root ?? customer.id
}
