import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import type { Period } from '../../measure/analytics/measure.ts'
import { listCustomersOf } from '../customers/link.ts'
import { listTicketsOf } from '../tickets/ticket.ts'
import { pathOf, type PathReason } from './path.ts'
import { getPerson } from './person.ts'

type Engines = { db: Database; clickhouse: Clickhouse }

/** Somebody who speaks for the brand to others, and why we think so. */
export type Advocate = {
  author: string
  reasons: PathReason[]
  /** Their newest kind words of the period: what a thanks would answer. */
  mention: Mention
  /** Kind words of the period. */
  warm: number
  /** The ticket that thanks them already; null: none does. */
  thankedIn: number | null
}

export const advocatesWords = {
  en: 'Advocates: of the fifty authors with most kind words in the period, those who have come as far as an advocate on the path of their card, with the reasons it gives. Accounts of one person count once.',
  ru: 'Адвокаты бренда: из пятидесяти авторов с наибольшим числом добрых слов за период — те, кто на своём пути в карточке дошёл до адвоката, с её же причинами. Аккаунты одного человека считаются один раз.',
}

/** The tag of tickets in which somebody is thanked. */
export const thanksTag = 'thanks'
const candidates = 50

/** Those with most kind words of the period first. */
export async function findAdvocates(engines: Engines, project: number, { from, to }: Period): Promise<Advocate[]> {
  const warmest = await engines.clickhouse.rows<{ author: string; warm: number; newest: string }>(
    `select author_id as author, uniqExact(id) as warm, argMax(id, posted_at) as newest
     from mention
     where project_id = {project:UInt32} and posted_at >= {from:DateTime64(3)} and posted_at < {to:DateTime64(3)}
       and author_id != '' and (stage = 'praise' or ifNull(rating, 0) >= 4 or (sentiment = 'positive' and rating is null))
       and not (ifNull(author_verified, false) and kind in ('reply', 'comment'))
     group by author
     order by warm desc, author
     limit ${candidates}`,
    { project, from: moment(from), to: moment(to) },
  )
  const found: Advocate[] = []
  const seen = new Set<string>()
  for (const { author, warm, newest } of warmest) {
    if (seen.has(author)) continue
    const { accounts, written, latest } = await getPerson(engines, project, author)
    const ids = accounts.map(({ id }) => id)
    for (const id of ids) seen.add(id)
    const customers = await listCustomersOf(engines.db, project, ids)
    const known = await listTicketsOf(engines.db, project, { customers, tickets: [] })
    const path = pathOf(written, known.length)
    const mention = latest.find(({ id }) => id === newest)
    if (path?.step !== 'advocate' || !mention) continue
    const reasons = path.reasons.filter(({ step }) => step === 'advocate' || step === 'loyal')
    const thanked = await list(
      engines.db,
      sql<{ id: number }>`
        select id from ticket
        where project_id = ${project} and customer_id = any(${customers}::int[]) and tags @> array[${thanksTag}]
        order by id desc limit 1`,
    )
    found.push({ author, reasons, mention, warm, thankedIn: thanked[0]?.id ?? null })
  }
  return found
}
