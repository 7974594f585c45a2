import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { statuses, type TicketStatus } from './status.ts'

export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

export type FieldValues = { [field: string]: string | number | boolean }

/** One piece of work: mentions of one matter, the person behind them, and who answers. */
export type Ticket = {
  id: number
  projectId: number
  title: string
  /** The toxic mention whose words the title repeats; null: the title may be read by everybody. */
  titleOf: string | null
  status: TicketStatus
  priority: Priority
  queueId: number | null
  queueName: string | null
  tags: string[]
  /** Values of the project's own fields, by the id of the field. */
  fields: FieldValues
  incidentId: number | null
  incidentTitle: string | null
  /** The ticket that has its mentions now. */
  mergedInto: number | null
  /** When the next promise ends that runs; in the past it is missed. */
  nextDueAt: Date | null
  /** When it last became whose turn it is. */
  turnedAt: Date
  assigneeId: string | null
  assigneeName: string | null
  customerId: number | null
  customerName: string | null
  mentionCount: number
  firstMentionAt: Date | null
  openedAt: Date
  openedBy: string | null
  updatedAt: Date
}

/** Throws NotFound when this project has no such ticket. */
export async function getTicket(db: Database, project: number, id: number): Promise<Ticket> {
  const ticket = await first(db, sql<Ticket>`${whole} where t.project_id = ${project} and t.id = ${id}`)
  if (!ticket) throw new NotFound()
  return ticket
}

export type TicketFilter = {
  status: TicketStatus[] | null
  /** A member's id; `none` for tickets that nobody has. */
  assignee: { member: string } | 'none' | null
}

export type TicketPage = { items: Ticket[]; next: number | null; counts: { [status in TicketStatus]: number } }

/** Newest first, older than the ticket `before`. The counts follow the filter by assignee, not the one by status. */
export async function listTickets(
  db: Database,
  project: number,
  filter: TicketFilter,
  page: { before: number | null; limit: number },
): Promise<TicketPage> {
  const mine = sql`t.project_id = ${project} and ${assignedTo(filter.assignee)}`
  const items = await list(
    db,
    sql<Ticket>`
      ${whole}
      where ${mine}
        and (${filter.status}::text[] is null or t.status = any(${filter.status}::text[]))
        and (${page.before}::int is null or t.id < ${page.before})
      order by t.id desc
      limit ${page.limit + 1}`,
  )
  const shown = items.slice(0, page.limit)
  return {
    items: shown,
    next: items.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
    counts: await countByStatus(db, mine),
  }
}

/** The ids of the ticket's mentions, oldest first. */
export async function listMentionIds(db: Database, project: number, ticket: number): Promise<string[]> {
  const rows = await list(
    db,
    sql<{ mentionId: string }>`
      select mention_id
      from ticket_mention
      where project_id = ${project} and ticket_id = ${ticket}
      order by posted_at, mention_id`,
  )
  return rows.map((row) => row.mentionId)
}

/** Those of these tickets that are there, in any order; of any project, so the caller has to know that they may be shown. */
export async function listTicketsByIds(db: Database, ids: number[]): Promise<Ticket[]> {
  if (ids.length === 0) return []
  return list(db, sql<Ticket>`${whole} where t.id = any(${ids}::int[])`)
}

/** The tickets of these customers and these ones, newest first, up to 100. */
export async function listTicketsOf(
  db: Database,
  project: number,
  of: { customers: number[]; tickets: number[] },
): Promise<Ticket[]> {
  return list(
    db,
    sql<Ticket>`
      ${whole}
      where t.project_id = ${project} and (t.customer_id = any(${of.customers}::int[]) or t.id = any(${of.tickets}::int[]))
      order by t.id desc
      limit 100`,
  )
}

export type OpenWork = {
  open: number
  /** Those of them that nobody has. */
  unassigned: number
  /** Those whose promise has been missed, and those whose promise ends within an hour. */
  late: number
  soon: number
}

/** How much work waits in each project; one without any is not among them. */
export async function countOpen(db: Database, projects: number[], now: Date): Promise<Map<number, OpenWork>> {
  const inAnHour = new Date(now.getTime() + 3_600_000)
  const rows = await list(
    db,
    sql<OpenWork & { projectId: number }>`
      select project_id, count(*)::int as open, count(*) filter (where assignee is null)::int as unassigned,
        count(*) filter (where hurts_at <= ${now})::int as late,
        count(*) filter (where hurts_at > ${now} and hurts_at <= ${inAnHour})::int as soon
      from ticket
      where project_id = any(${projects}::int[]) and status = 'open'
      group by project_id`,
  )
  return new Map(rows.map(({ projectId, ...work }) => [projectId, work]))
}

/** A ticket in a sentence; readable for good, whatever it is called later. Words that are blurred are left out of sentences. */
export function nameOf({ id, title, titleOf }: Pick<Ticket, 'id' | 'title' | 'titleOf'>): string {
  return titleOf === null ? `#${id} ${title}` : `#${id}`
}

const whole = sql`
  select t.id, t.project_id, t.title, t.title_of, t.status, t.priority, t.queue_id, q.name as queue_name, t.tags, t.fields,
    t.incident_id, i.title as incident_title, t.merged_into, nullif(t.hurts_at, 'infinity') as next_due_at, t.turned_at,
    t.assignee as assignee_id, m.name as assignee_name,
    t.customer_id, c.name as customer_name, t.opened_at, t.opened_by, t.updated_at,
    (select count(*)::int from ticket_mention where ticket_id = t.id) as mention_count,
    (select min(posted_at) from ticket_mention where ticket_id = t.id) as first_mention_at
  from ticket t
  left join member m on m.id = t.assignee
  left join customer c on c.id = t.customer_id
  left join ticket_queue q on q.id = t.queue_id
  left join incident i on i.id = t.incident_id`

function assignedTo(assignee: TicketFilter['assignee']) {
  if (assignee === null) return sql`true`
  return assignee === 'none' ? sql`t.assignee is null` : sql`t.assignee = ${assignee.member}`
}

async function countByStatus(db: Database, where: ReturnType<typeof sql>): Promise<TicketPage['counts']> {
  const rows = await list(
    db,
    sql<{
      status: TicketStatus
      count: number
    }>`select t.status, count(*)::int as count from ticket t where ${where} group by t.status`,
  )
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as TicketPage['counts']
  for (const { status, count } of rows) counts[status] = count
  return counts
}
