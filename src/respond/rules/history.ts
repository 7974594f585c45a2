import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Did } from './action.ts'

/** One time that a rule ran, or would have. */
export type RuleRun = {
  id: number
  ruleId: number
  ruleName: string
  at: Date
  /** Copy: a ticket about the same text was there. Stopped: it had run in this chain already. */
  outcome: 'done' | 'copy' | 'failed' | 'stopped'
  did: Did[]
  problem: { key: string; values: { [name: string]: string | number }; message: string } | null
  mentionId: string | null
  ticketId: number | null
  ticketTitle: string | null
  /** The alarm that it ran for. */
  alarmId: number | null
  /** Another rule caused what it ran for. */
  byRule: boolean
}

const keptDays = 400

/** What the rules of a project did, or one of them, newest first; older than the run `before`. */
export async function listRuns(
  db: Database,
  project: number,
  { rule, before, limit }: { rule: number | null; before: number | null; limit: number },
): Promise<{ items: RuleRun[]; next: number | null }> {
  const items = await list(
    db,
    sql<RuleRun>`
      select n.id, n.rule_id, r.name as rule_name, n.at, n.outcome, n.did, n.problem, n.mention_id, n.ticket_id,
        case when t.title_of is null then t.title end as ticket_title, n.event <> n.root as by_rule,
        substring(n.event from '^alarm (\\d+)$')::bigint as alarm_id
      from rule_run n
      join rule r on r.id = n.rule_id
      left join ticket t on t.id = n.ticket_id
      where n.project_id = ${project} and (${rule}::int is null or n.rule_id = ${rule})
        and (${before}::bigint is null or n.id < ${before})
      order by n.id desc
      limit ${limit + 1}`,
  )
  const shown = items.slice(0, limit)
  return { items: shown, next: items.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

export type Ran = { runs: number; failed: number; lastAt: Date }

/** How often each rule ran in the 30 days before `now`, and how often it could not do what it should. */
export async function countRuns(db: Database, project: number, now: Date): Promise<Map<number, Ran>> {
  const rows = await list(
    db,
    sql<Ran & { ruleId: number }>`
      select rule_id, count(*) filter (where outcome in ('done', 'copy'))::int as runs,
        count(*) filter (where outcome = 'failed')::int as failed, max(at) as last_at
      from rule_run
      where project_id = ${project} and at > ${now}::timestamptz - interval '30 days'
      group by rule_id`,
  )
  return new Map(rows.map(({ ruleId, ...ran }) => [ruleId, ran]))
}

/** The history goes back some 13 months. */
export async function forgetOldRuns(db: Database, now: Date): Promise<void> {
  await sql`delete from rule_run where at < ${now}::timestamptz - make_interval(days => ${keptDays}::int)`.execute(db)
}
