import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must } from '../../base/errors.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { MatchPlace } from '../../listen/match/evaluate.ts'
import { pages } from '../../listen/mentions/filter.ts'
import { fromRow, type Mention } from '../../listen/mentions/mention.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { compileSql } from '../../listen/query/sql.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { findCalendar } from '../clocks/calendar.ts'
import { freshDays } from './arrived.ts'
import { listHappened } from './happened.ts'
import { listTicketsByIds, type Ticket } from '../tickets/ticket.ts'
import { readPast } from './past-tickets.ts'
import { leadingMention, listRaised } from './raised.ts'
import { listRules, type RuleInput } from './rule.ts'
import { readRules, withSizes } from './run-rules.ts'
import { simulate, type TriedRule, type Undone } from './simulate.ts'
import { customerState, hoursAt, stateOf } from './state.ts'

export const dryRunDays = 30
const shown = 50
/** So many mentions or lines of histories are looked at, the newest; nobody waits longer for an answer. */
const mostLooked = 20_000

export type DryRun = {
  /** Mentions, steps in tickets or alarms that it would have acted on. */
  acted: number
  /** Tickets that it would have opened; the others would have joined them, or were copies. Null: it opens none. */
  opened: number | null
  /** How many were looked at; false when there are more in these days than are looked at. */
  looked: number
  isAll: boolean
  /** The newest of them, up to 50. */
  sample: Tried[]
  conflicts: Conflict[]
}
export type Tried = {
  at: Date
  mention: Mention | null
  ticket: { id: number; title: string } | null
  /** The places in the mention that made the query true. */
  places: MatchPlace[]
}
/** `about`: priority, queue, assign, incident, `field 3` or `tag vip`. */
export type Conflict = { earlier: RuleName; later: RuleName; about: string; times: number }
type RuleName = { id: number; name: string }

type World = { db: Database; clickhouse: Clickhouse }

/**
 * What a rule would have done in the last 30 days, among the rules that are on and in its place, without doing it. A mention
 * is asked as it is known today, a ticket as it was then; after an alarm it is asked as it is today. A new rule stands last.
 */
export async function dryRun(
  world: World,
  project: number,
  { rule, id, now }: { rule: RuleInput; id: number | null; now: Date },
): Promise<DryRun> {
  const others = (await listRules(world.db, project)).filter(
    (one) => one.id === id || (one.onSince !== null && one.trigger === rule.trigger),
  )
  const tried = { ...rule, id: id ?? 0 }
  const inOrder = id === null ? [...others, tried] : others.map((one) => (one.id === id ? tried : one))
  const rules = await readRules(world.db, project, inOrder)
  const days: Days = { from: new Date(now.getTime() - dryRunDays * 86_400_000), to: now }
  const tally = new Tally(tried.id)
  const { looked, isAll } = await (rule.trigger === 'mention-arrived'
    ? tryArrivals(world, project, rules, days, tally)
    : rule.trigger === 'alarm-raised'
      ? tryRaised(world, project, rules, days, tally)
      : tryHappened(world, project, { rules, trigger: rule.trigger }, days, tally))
  const opens = rule.actions.some((action) => action.do === 'open-ticket')
  return {
    acted: tally.acted,
    opened: opens ? tally.matters : null,
    looked,
    isAll,
    sample: tally.sample,
    conflicts: tally.conflicts(),
  }
}

type Days = { from: Date; to: Date }
type Looked = { looked: number; isAll: boolean }

async function tryArrivals(
  { db, clickhouse }: World,
  project: number,
  rules: TriedRule[],
  { from, to }: Days,
  tally: Tally,
): Promise<Looked> {
  const calendar = await findCalendar(db, project)
  const tried = must(rules.find(({ id }) => id === tally.rule))
  const { where, params } = compileSql(tried.parsed ?? { kind: 'all' })
  const inDays = `project_id = {r_project:UInt32} and posted_at >= {r_from:DateTime64(3)} and posted_at < {r_to:DateTime64(3)}
    and posted_at > collected_at - interval ${freshDays} day`
  const condition = {
    where: `${inDays} and (posted_at, id) in (select posted_at, id from mention where ${inDays} and (${where}))`,
    params: { ...params, r_project: project, r_from: moment(from), r_to: moment(to) },
  }
  let looked = 0
  for await (const rows of pages(clickhouse, 'mention', condition)) {
    for (const mention of await withSizes(clickhouse, project, rules, rows.map(fromRow))) {
      const { collectedAt: at } = mention
      // A ticket that it has today came later.
      const asArrived = { ...mention, ticket: null, status: null, assignee: null, dueAt: null }
      const customer = await customerIf(rules, () =>
        customerState(db, project, { ticket: null, author: mention.author?.id ?? null }),
      )
      const state = { ticket: null, customer, hours: hoursAt(calendar, at) }
      const simulated = simulate(rules, { mention: asArrived, state })
      tally.add(simulated.ran.get(tally.rule), simulated.undone, { at, mention, ticket: null })
    }
    looked += rows.length
    if (looked >= mostLooked) return { looked, isAll: false }
  }
  return { looked, isAll: true }
}

async function tryHappened(
  { db, clickhouse }: World,
  project: number,
  { rules, trigger }: { rules: TriedRule[]; trigger: RuleInput['trigger'] },
  days: Days,
  tally: Tally,
): Promise<Looked> {
  const calendar = await findCalendar(db, project)
  const all = await listHappened(db, project, { ...days, most: mostLooked })
  const steps = all.steps.filter((step) => step.trigger === trigger)
  const tickets = [...new Set(steps.map(({ ticket }) => ticket))]
  const past = await readPast(db, project, tickets, (steps[0]?.line ?? 1) - 1)
  const mentions = await newestMentions({ db, clickhouse }, project, tickets)
  for (const { ticket: id, line, at } of steps.toReversed()) {
    const ticket = past.get(id)
    const state = past.after(id, line)
    if (ticket === null || state === null) continue
    const newest = mentions(id, at)
    const [mention = null] = await withSizes(clickhouse, project, rules, newest ? [newest] : [])
    const customer = await customerIf(rules, () => customerState(db, project, { ticket, author: null }))
    const simulated = simulate(rules, { mention, state: { ticket: state, customer, hours: hoursAt(calendar, at) } })
    tally.add(simulated.ran.get(tally.rule), simulated.undone, {
      at,
      mention,
      ticket: { id, title: calmTitle(ticket) },
    })
  }
  return { looked: steps.length, isAll: all.isAll }
}

// Alarms are few: a month of them is looked at whole.
async function tryRaised(
  { db, clickhouse }: World,
  project: number,
  rules: TriedRule[],
  { from, to }: Days,
  tally: Tally,
): Promise<Looked> {
  const calendar = await findCalendar(db, project)
  const raised = await listRaised(db, project, from, to)
  const concerned = [...new Set(raised.flatMap(({ ticket }) => ticket ?? []))]
  const tickets = new Map((await listTicketsByIds(db, concerned)).map((ticket) => [ticket.id, ticket]))
  for (const alarm of raised) {
    const { at } = alarm
    const ticket = (alarm.ticket !== null && tickets.get(alarm.ticket)) || null
    const leading = await leadingMention(clickhouse, project, alarm)
    const [mention = null] = await withSizes(clickhouse, project, rules, leading ? [leading] : [])
    const author = mention?.author?.id ?? null
    const customer = await customerIf(rules, () => customerState(db, project, { ticket, author }))
    const state = { ticket: ticket && stateOf(ticket), customer, hours: hoursAt(calendar, at), alarm }
    const simulated = simulate(rules, { mention, state })
    tally.add(simulated.ran.get(tally.rule), simulated.undone, {
      ...{ at, mention, ticket: ticket && { id: ticket.id, title: calmTitle(ticket) } },
    })
  }
  return { looked: raised.length, isAll: true }
}

/** The newest mention that a ticket had at a moment. */
async function newestMentions({ db, clickhouse }: World, project: number, tickets: number[]) {
  const joined = await list(
    db,
    sql<{ ticketId: number; mentionId: string; addedAt: Date }>`
      select ticket_id, mention_id, added_at
      from ticket_mention
      where project_id = ${project} and ticket_id = any(${tickets}::int[])
      order by posted_at desc, mention_id desc`,
  )
  const known = new Map<string, Mention>()
  const ids = [...new Set(joined.map(({ mentionId }) => mentionId))]
  for (let from = 0; from < ids.length; from += 500)
    for (const mention of await findMentions(clickhouse, project, ids.slice(from, from + 500)))
      known.set(mention.id, mention)
  const ofTicket = Map.groupBy(joined, ({ ticketId }) => ticketId)
  return (ticket: number, at: Date): Mention | null => {
    const there = ofTicket.get(ticket)?.find(({ addedAt }) => addedAt <= at)
    return there ? (known.get(there.mentionId) ?? null) : null
  }
}

async function customerIf<T>(rules: TriedRule[], ask: () => Promise<T>): Promise<T | null> {
  const isAsked = rules.some(({ conditions }) => conditions.some(({ about }) => about === 'customer'))
  return isAsked ? ask() : null
}

class Tally {
  readonly rule: number
  acted = 0
  /** Texts and threads of one person count once. */
  matters = 0
  readonly sample: Tried[] = []
  readonly #known = new Set<string>()
  readonly #undone = new Map<string, Conflict>()

  constructor(rule: number) {
    this.rule = rule
  }

  add(places: MatchPlace[] | undefined, undone: Undone[], tried: Omit<Tried, 'places'>): void {
    if (!places) return
    this.acted++
    if (this.sample.length < shown) this.sample.push({ ...tried, places })
    if (tried.mention) this.#countMatter(tried.mention)
    for (const { earlier, later, about } of undone) {
      if (earlier.id !== this.rule && later.id !== this.rule) continue
      const key = `${earlier.id} ${later.id} ${about}`
      const conflict = this.#undone.get(key) ?? { earlier: nameOf(earlier), later: nameOf(later), about, times: 0 }
      conflict.times++
      this.#undone.set(key, conflict)
    }
  }

  conflicts(): Conflict[] {
    return [...this.#undone.values()].toSorted((one, other) => other.times - one.times)
  }

  #countMatter({ id, cluster, root, author }: Mention): void {
    const keys = [`text ${cluster}`, ...(author?.id ? [`thread ${author.id} ${root ?? id}`] : [])]
    if (!keys.some((key) => this.#known.has(key))) this.matters++
    for (const key of keys) this.#known.add(key)
  }
}

/** Words that are blurred are not shown in a list of examples; its number stands there. */
function calmTitle({ title, titleOf }: Pick<Ticket, 'title' | 'titleOf'>): string {
  return titleOf === null ? title : ''
}

function nameOf({ id, name }: TriedRule): RuleName {
  return { id, name }
}
