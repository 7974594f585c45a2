import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { first, type Database } from '../../base/postgres/postgres.ts'

/** How long a step may take before another process may think that this one is dead. */
export const holdMs = 90_000

/** One process speaks with an integration at a time: tokens that can be used once and limits by account ask for it. */
export type Hold = { integration: number; by: string }

/** Null: another process has it. */
export async function hold(db: Database, integration: number, now: Date): Promise<Hold | null> {
  const by = randomUUID()
  const held = await first(
    db,
    sql`
      update integration set held_by = ${by}, held_until = ${new Date(now.getTime() + holdMs)}
      where id = ${integration} and (held_until is null or held_until <= ${now})
      returning id`,
  )
  return held ? { integration, by } : null
}

/** False: it took too long, and another process has it by now. */
export async function holdOn(db: Database, { integration, by }: Hold, now: Date): Promise<boolean> {
  const held = await first(
    db,
    sql`
      update integration set held_until = ${new Date(now.getTime() + holdMs)}
      where id = ${integration} and held_by = ${by}
      returning id`,
  )
  return held !== null
}

export async function letGo(db: Database, { integration, by }: Hold): Promise<void> {
  await sql`update integration set held_by = null, held_until = null where id = ${integration} and held_by = ${by}`.execute(
    db,
  )
}
