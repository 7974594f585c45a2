import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Who } from '../../base/team/scope.ts'

/** Why two accounts may be one person's, or why not when the points are negative. */
export type Reason = {
  key: 'same-handle' | 'same-name-city' | 'same-name-topic' | 'address-in-bio' | 'same-text' | 'other-city'
  points: number
  values: { [name: string]: string | number }
}

/** same: one person. apart: joined before, and not the same. different: the proposal is refused. open: refused no more. */
export type DecisionKind = 'same' | 'apart' | 'different' | 'open'

export type Decision = {
  one: string
  other: string
  decision: DecisionKind
  reasons: Reason[]
  at: Date
  actor: string
}

/** Notes what somebody said about two accounts. */
export async function decide(
  db: Database,
  project: number,
  pair: readonly [string, string],
  decision: DecisionKind,
  reasons: Reason[],
  { who, now }: { who: Who; now: Date },
): Promise<void> {
  const [one, other] = pair.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  await sql`
    insert into author_link (project_id, one, other, decision, reasons, at, actor_id, actor)
    values (${project}, ${one}, ${other}, ${decision}, ${JSON.stringify(reasons)}::jsonb, ${now},
      ${who.kind === 'key' ? `key:${who.id}` : who.id}, ${who.name})`.execute(db)
}

/** Everything people said about any of these accounts, newest first. */
export async function listDecisions(db: Database, project: number, accounts: string[]): Promise<Decision[]> {
  return list(
    db,
    sql<Decision>`
      select one, other, decision, reasons, at, actor
      from author_link
      where project_id = ${project} and (one = any(${accounts}::text[]) or other = any(${accounts}::text[]))
      order by id desc`,
  )
}

/** The accounts that are not the same person as one of these, as people have said; they are not proposed again. */
export function refusedFor(accounts: string[], decisions: Decision[]): Set<string> {
  const refused = new Set<string>()
  for (const some of Map.groupBy(decisions, ({ one, other }) => `${one}\n${other}`).values()) {
    const [newest] = some
    if (newest && (newest.decision === 'apart' || newest.decision === 'different')) {
      refused.add(accounts.includes(newest.one) ? newest.other : newest.one)
    }
  }
  return refused
}
