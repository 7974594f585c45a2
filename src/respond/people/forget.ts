import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { forgetLetters } from '../../base/letters/letter.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import type { Who } from '../../base/team/scope.ts'
import { forgetRoles } from '../../measure/authors/set-role.ts'
import { forgetInCare } from '../care/forget.ts'
import { forgetCustomers } from '../customers/forget.ts'
import { forgetHappenings } from '../happenings/forget.ts'
import { forgetVisitors } from '../help/forget.ts'
import { forgetHandOvers, type LeftElsewhere } from '../integrations/forget.ts'
import { forgetQuestions } from '../knowledge/forget.ts'
import { forgetInPlaybooks } from '../playbooks/forget.ts'
import { forgetOutcomes } from '../outcome/forget.ts'
import { forgetReplies } from '../replies/forget.ts'
import { forgetInRules } from '../rules/forget.ts'
import { forgetInTickets, lockTicketsOf } from '../tickets/forget.ts'

/** `elsewhere`: records in other systems that a person has to remove there, for Heed cannot. */
export type Forgotten = { mentions: number; archived: number; tickets: number; elsewhere: LeftElsewhere[] }

/**
 * Takes everything these accounts of one person published, and what was noted about them, out of both engines: mentions
 * and archived posts of the project with their prints, the copies in golden sets, corrections, links, roles, replies to
 * them, what experts were asked beside them, what they wrote on the help page, and their words in tickets. The
 * tickets themselves stay as numbers. Mentions go last, so that whoever is interrupted finds the person still there and
 * does it again. The audit tells that it happened, not to whom.
 */
export async function forgetPerson(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  project: number,
  accounts: string[],
  who: Who,
): Promise<Forgotten> {
  const params = { project, accounts }
  const listIds = async (table: string, where: string) =>
    (await clickhouse.rows<{ id: string }>(`select distinct id from ${table} where ${where}`, params)).map(
      ({ id }) => id,
    )
  const ids = await listIds('mention', ofMentions)
  const archived = await listIds('archive', ofArchive)
  const forgotten = await inTransaction(db, async (tx) => {
    const topics = await list(tx, sql<{ id: number }>`select id from topic where project_id = ${project}`)
    await sql`
      delete from golden_mark
      where topic_id = any(${topics.map(({ id }) => id)}::int[])
        and (mention_id = any(${ids}::text[]) or post -> 'author' ->> 'id' = any(${accounts}::text[]))`.execute(tx)
    await sql`delete from correction where project_id = ${project} and mention_id = any(${ids}::text[])`.execute(tx)
    const tickets = await lockTicketsOf(tx, project, ids, accounts)
    await forgetQuestions(
      tx,
      project,
      tickets.map(({ id }) => id),
    )
    const elsewhere = await forgetHandOvers(tx, tickets)
    await forgetInTickets(tx, project, ids, tickets)
    await forgetOutcomes(tx, project, ids, tickets)
    await forgetReplies(tx, project, ids, accounts)
    await forgetInRules(tx, project, ids)
    await forgetHappenings(tx, project, ids)
    await forgetInCare(tx, project, ids)
    await forgetInPlaybooks(
      tx,
      tickets.flatMap(({ id, isTheirs }) => (isTheirs ? [id] : [])),
    )
    await forgetLetters(
      tx,
      project,
      accounts.map((account) => `author:${account}`),
    )
    await forgetVisitors(tx, project, accounts)
    await forgetRoles(tx, project, accounts)
    await forgetCustomers(tx, project, accounts)
    const counts = { mentions: ids.length, archived: archived.length, tickets: tickets.length }
    await audit(tx, { project, who, action: 'person-forgotten', details: { ...counts, elsewhere: elsewhere.length } })
    return { ...counts, elsewhere }
  })
  const published = { ...params, ids: [...ids, ...archived] }
  for (const [table, where] of [
    ['copy', 'scope in ({project:UInt32}, 0) and id in {ids:Array(String)}'],
    ['engagement', 'id in {ids:Array(String)}'],
    ['archive', ofArchive],
    ['mention', ofMentions],
  ]) {
    await clickhouse.command(`delete from ${table} where ${where}`, published)
    // A deleted row is only hidden until the engine joins parts; here it has to be gone.
    await clickhouse.command(`alter table ${table} apply deleted mask`)
  }
  return forgotten
}

const ofMentions = 'project_id = {project:UInt32} and author_id in {accounts:Array(String)}'
// What came from a source that all projects share lies in the archive under no project.
const ofArchive = 'project_id in ({project:UInt32}, 0) and author_id in {accounts:Array(String)}'
