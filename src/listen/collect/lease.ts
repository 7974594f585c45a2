import { sql } from 'kysely'
import { first, type Database } from '../../base/postgres/postgres.ts'

const holdMs = 60_000

/**
 * Does the work unless somebody else holds the name, here or in another process. The lease is renewed while the work
 * goes on; `signal` aborts when it was lost, which happens to a process that stood still for a minute.
 */
export async function withLease<T>(
  db: Database,
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<{ kind: 'done'; result: T } | { kind: 'taken' }> {
  const holder = crypto.randomUUID()
  if (!(await take(db, name, holder))) return { kind: 'taken' }
  const lost = new AbortController()
  const renewing = setInterval(() => {
    take(db, name, holder).then(
      (still) => still || lost.abort(new Error(`The lease ${name} was lost`)),
      () => {}, // Tried again at the next turn, well before the lease ends.
    )
  }, holdMs / 3)
  try {
    return { kind: 'done', result: await work(lost.signal) }
  } finally {
    clearInterval(renewing)
    await sql`delete from lease where name = ${name} and holder = ${holder}`.execute(db)
  }
}

/** An embedded database has one process: whoever held a lease when it opens is dead. */
export async function dropAllLeases(db: Database): Promise<void> {
  await sql`delete from lease`.execute(db)
}

async function take(db: Database, name: string, holder: string): Promise<boolean> {
  const taken = await first(
    db,
    sql`
      insert into lease (name, holder, until)
      values (${name}, ${holder}, now() + ${`${holdMs} milliseconds`}::interval)
      on conflict (name) do update set holder = excluded.holder, until = excluded.until
        where lease.until < now() or lease.holder = excluded.holder
      returning name`,
  )
  return taken !== null
}
