import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Events } from '../../base/events/events.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { findSurroundings } from '../../listen/lists/list.ts'
import { changeMentions } from '../../listen/mentions/change.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { clusterSizes, findMentions } from '../../listen/mentions/read.ts'
import { readInProject } from '../../listen/query/in-project.ts'
import { asksFor, type Query } from '../../listen/query/query.ts'
import { findCalendar } from '../clocks/calendar.ts'
import { deliverOutbox } from '../tickets/outbox.ts'
import { listMentionIds } from '../tickets/ticket.ts'
import { applyRules, type Bench, type Matter, type ReadRule } from './apply.ts'
import { arrivedSince, readArrived } from './arrived.ts'
import { findCursor, moveCursor } from './cursor.ts'
import { readHappened } from './happened.ts'
import { findKin } from './kin.ts'
import { leadingMention, raisedAfter } from './raised.ts'
import { listRules } from './rule.ts'

export type RuleWorld = { db: Database; clickhouse: Clickhouse; events: Events; publicUrl: string; now: () => Date }

/** A page may be seen this long after the moment it is dated, so the rules look back so far each time. */
const lookBackMs = 60_000
const perPage = 200

/**
 * Lets the rules of a project meet what happened since they looked last: mentions that arrived, then steps in tickets, also
 * those that rules just made. What it did survives the end of the process, and doing it again changes nothing. One process
 * at a time, or the order of rules would be none.
 */
export async function runRules(world: RuleWorld, project: number): Promise<void> {
  const { db, clickhouse } = world
  // What a process that died had decided comes first; then copies and threads are known by the tickets they have got.
  await deliverMarks(world, project)
  const rules = (await listRules(db, project)).filter(({ onSince }) => onSince !== null)
  const cursor = await findCursor(db, project)
  if (rules.length === 0 || cursor === null) return
  await deliverOutbox(db, clickhouse)
  const read = await readRules(db, project, rules)
  const calendar = await findCalendar(db, project)
  const bench: Bench = { db, project, calendar, publicUrl: world.publicUrl, now: world.now }
  await meetArrivals(world, bench, read, cursor.savedMs)
  await meetAlarms(world, bench, read, cursor.happeningId)
  await meetSteps(world, bench, read, cursor.eventId)
}

/** The rules with their queries as the project means them. */
export async function readRules<R extends { query: string }>(
  db: Database,
  project: number,
  rules: R[],
): Promise<(R & { parsed: Query | null })[]> {
  const surroundings = await findSurroundings(db, project)
  return rules.map((rule) => ({
    ...rule,
    parsed: rule.query.trim() === '' ? null : readInProject(rule.query, surroundings).query,
  }))
}

async function meetArrivals(world: RuleWorld, bench: Bench, all: ReadRule[], savedMs: number): Promise<void> {
  const { db, clickhouse } = world
  const { project } = bench
  const rules = all.filter(({ trigger }) => trigger === 'mention-arrived')
  if (rules.length === 0) return
  const query = anyOf(rules)
  let newest = savedMs
  for await (const keys of arrivedSince(clickhouse, project, { query, sinceMs: savedMs - lookBackMs, perPage })) {
    const arrived = await readArrived(clickhouse, project, await unseen(db, project, keys))
    const mentions = await withSizes(
      clickhouse,
      project,
      rules,
      arrived.map(({ mention }) => mention),
    )
    const kin = await findKin(clickhouse, project, mentions)
    const touched = new Set<number>()
    for (const [i, mention] of mentions.entries()) {
      const at = arrived[i]!.savedMs
      const event = `mention ${mention.id}`
      const matter: Matter = {
        event,
        root: event,
        trigger: 'mention-arrived',
        at: new Date(at),
        mention,
        ticket: null,
        alarm: null,
      }
      for (const ticket of await applyRules(bench, rules, matter, kin)) touched.add(ticket)
      await sql`
        insert into rule_seen (project_id, mention_id, saved_ms) values (${project}, ${mention.id}, ${at})
        on conflict do nothing`.execute(db)
    }
    await announce(world, project, touched)
    newest = Math.max(newest, ...keys.map((key) => key.savedMs))
  }
  await moveCursor(db, project, { savedMs: newest })
  await sql`delete from rule_seen where project_id = ${project} and saved_ms < ${newest - 2 * lookBackMs}`.execute(db)
}

async function meetAlarms(world: RuleWorld, bench: Bench, all: ReadRule[], after: number): Promise<void> {
  const { db, clickhouse } = world
  const { project } = bench
  const rules = all.filter(({ trigger }) => trigger === 'alarm-raised')
  if (rules.length === 0) return
  for (;;) {
    const raised = await raisedAfter(db, project, after)
    const last = raised.at(-1)
    if (!last) return
    const touched = new Set<number>()
    for (const alarm of raised) {
      const mention = await leadingMention(clickhouse, project, alarm)
      const [sized = null] = await withSizes(clickhouse, project, rules, mention ? [mention] : [])
      const kin = await findKin(clickhouse, project, sized ? [sized] : [])
      const event = `alarm ${alarm.id}`
      const matter: Matter = {
        ...{ event, root: event, trigger: 'alarm-raised', at: alarm.at, mention: sized, ticket: alarm.ticket, alarm },
      }
      for (const ticket of await applyRules(bench, rules, matter, kin)) touched.add(ticket)
    }
    await announce(world, project, touched)
    after = last.id
    await moveCursor(db, project, { happeningId: after })
  }
}

async function meetSteps(world: RuleWorld, bench: Bench, rules: ReadRule[], eventId: number): Promise<void> {
  const { db, clickhouse } = world
  const { project } = bench
  const awaited = new Set(rules.map(({ trigger }) => trigger))
  const asked = rules.filter(({ trigger }) => trigger !== 'mention-arrived' && trigger !== 'alarm-raised')
  const needsMention = asked.some(
    ({ parsed, actions }) => parsed !== null || actions.some((action) => action.do === 'mark'),
  )
  const nobody = await findKin(clickhouse, project, [])
  for (let after = eventId; ;) {
    const { steps, last, isAll } = await readHappened(db, project, after)
    const touched = new Set<number>()
    for (const step of steps) {
      if (!awaited.has(step.trigger)) continue
      const mention = needsMention ? await newestMention(world, project, step.ticket) : null
      const [sized = null] = await withSizes(clickhouse, project, asked, mention ? [mention] : [])
      for (const ticket of await applyRules(bench, asked, { ...step, mention: sized, alarm: null }, nobody))
        touched.add(ticket)
    }
    await announce(world, project, touched)
    if (last > after) await moveCursor(db, project, { eventId: last })
    // What the rules themselves have just done is read by another turn; chains end because no rule runs in one twice.
    if (isAll && touched.size === 0) return
    after = Math.max(after, last)
  }
}

async function newestMention({ db, clickhouse }: RuleWorld, project: number, ticket: number): Promise<Mention | null> {
  const id = (await listMentionIds(db, project, ticket)).at(-1)
  return id === undefined ? null : ((await findMentions(clickhouse, project, [id]))[0] ?? null)
}

/** What SQL lets through for any of the rules. */
function anyOf(rules: ReadRule[]): Query {
  const queries = rules.map(({ parsed }) => parsed)
  const [only] = queries
  if (queries.includes(null) || only === undefined || only === null) return { kind: 'all' }
  return queries.length === 1 ? only : { kind: 'or', of: queries.filter((query) => query !== null) }
}

async function unseen<K extends { id: string }>(db: Database, project: number, keys: K[]): Promise<K[]> {
  const seen = await list(
    db,
    sql<{ mentionId: string }>`
      select mention_id from rule_seen
      where project_id = ${project} and mention_id = any(${keys.map(({ id }) => id)}::text[])`,
  )
  const known = new Set(seen.map(({ mentionId }) => mentionId))
  return keys.filter(({ id }) => !known.has(id))
}

/** With how many mentions have the same text, where a rule asks for it. */
export async function withSizes(
  clickhouse: Clickhouse,
  project: number,
  rules: { parsed: Query | null }[],
  mentions: Mention[],
): Promise<(Mention & { clusterSize?: number })[]> {
  if (!rules.some(({ parsed }) => parsed !== null && asksFor(parsed, 'cluster_size'))) return mentions
  const clusters = mentions.map(({ cluster }) => cluster)
  const sizes = await clusterSizes(clickhouse, project, clusters)
  return mentions.map((mention) => ({ ...mention, clusterSize: sizes.get(mention.cluster) ?? 1 }))
}

/** After the commits: streams and open screens hear of it. */
async function announce(world: RuleWorld, project: number, tickets: Set<number>): Promise<void> {
  await deliverOutbox(world.db, world.clickhouse)
  await deliverMarks(world, project)
  for (const ticket of tickets) await world.events.publish({ project, kind: 'ticket', ticket })
}

/** Gives mentions the tags that rules wrote down for them. */
async function deliverMarks({ db, clickhouse }: RuleWorld, project: number): Promise<void> {
  const marks = await list(
    db,
    sql<{ id: number; mentionId: string; tags: string[] }>`
      select id, mention_id, tags from rule_mark where project_id = ${project} order by id`,
  )
  for (const same of Map.groupBy(marks, ({ tags }) => tags.toSorted().join('\n')).values()) {
    const ids = [...new Set(same.map(({ mentionId }) => mentionId))]
    await changeMentions(clickhouse, project, ids, { addTags: same[0]!.tags })
  }
  const done = marks.map(({ id }) => id)
  if (done.length > 0) await sql`delete from rule_mark where id = any(${done}::bigint[])`.execute(db)
}
