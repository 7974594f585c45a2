import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { Problem } from '../../listen/connectors/problems.ts'
import type { ExchangeState } from './exchange.ts'
import type { Choices, SystemName } from './system.ts'

/** A ticket of ours and the record of it over there. */
export type Link = {
  id: number
  integrationId: number
  projectId: number
  ticketId: number
  key: string
  askedBy: string | null
  place: string
  contact: string | null
  record: string | null
  stage: string | null
  ended: boolean | null
}

export async function getLink(db: Database, id: number): Promise<Link> {
  return must(await first(db, sql<Link>`${link} where id = ${id}`), 'link')
}

export async function listLinksOf(db: Database, integration: number, records: string[]): Promise<Link[]> {
  return list(db, sql<Link>`${link} where integration_id = ${integration} and record = any(${records}::text[])`)
}

const link = sql`
  select id, integration_id, project_id, ticket_id, key, asked_by, place, contact, record, stage, ended
  from integration_link`

/** What is known of a record, to be shown beside the customer. Null is unknown. */
export type KnownRecord = {
  id: number
  ticketId: number
  integrationId: number
  system: SystemName
  name: string
  url: string | null
  stage: string | null
  owner: string | null
  value: number | null
  currency: string | null
  ended: boolean | null
  /** When the other side was last asked and had nothing newer; null: it has told nothing yet. */
  asOf: Date | null
  askedAt: Date
  askedBy: string | null
  /** How far the handing over is. */
  state: ExchangeState
  problem: Problem | null
}

/** The records of these tickets and of all tickets of these accounts' customers, newest first, up to 100. */
export async function listRecords(
  db: Database,
  project: number,
  of: { tickets: number[]; authors: string[] },
): Promise<KnownRecord[]> {
  const rows = await list(
    db,
    sql<KnownRecord & { choices: Choices }>`
      select l.id, l.ticket_id, i.id as integration_id, i.system, i.name, l.url, l.stage, l.owner, l.value, l.currency, l.ended,
        case when l.as_of is not null then greatest(l.as_of, i.polled_at) end as as_of, l.asked_at, l.asked_by,
        x.state, coalesce(x.problem, case when x.state <> 'done' then i.problem end) as problem, i.choices
      from integration_link l
      join integration i on i.id = l.integration_id
      join integration_exchange x on x.link_id = l.id and x.kind = 'open'
      where l.project_id = ${project}
        and (l.ticket_id = any(${of.tickets}::int[])
          or l.ticket_id in (
            select t.id
            from customer_author a
            join customer c on c.id = a.customer_id
            join customer same on coalesce(same.joined_to, same.id) = coalesce(c.joined_to, c.id)
            join ticket t on t.customer_id = same.id
            where a.project_id = ${project} and a.author_id = any(${of.authors}::text[]) and t.project_id = ${project}))
      order by l.id desc
      limit 100`,
  )
  return rows.map(({ choices, ...row }) => ({ ...row, ...named(choices, row) }))
}

/** What people over there call a stage and an owner; their ids where the lists do not have them. */
function named(choices: Choices, { stage, owner, ended }: Pick<KnownRecord, 'stage' | 'owner' | 'ended'>) {
  const found = choices.places.flatMap(({ stages }) => stages).find(({ id }) => id === stage)
  return {
    stage: found?.name ?? stage,
    owner: choices.owners.find(({ id }) => id === owner)?.name ?? owner,
    ended: ended ?? found?.ends ?? null,
  }
}
