import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import type { Period } from '../../measure/analytics/measure.ts'
import { readWritten } from '../../measure/authors/written.ts'
import { listRefusals } from '../customers/consent.ts'
import { listAccountsOfPeople } from '../customers/link.ts'
import { pathOf, type PathReason } from './path.ts'

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
  en: 'Advocates: of the fifty authors with most kind words in the period, those who have come as far as an advocate on the path of their card, with the reasons it gives. Accounts of one person count once; whoever refused to be written to is left out.',
  ru: 'Адвокаты бренда: из пятидесяти авторов с наибольшим числом добрых слов за период — те, кто на своём пути в карточке дошёл до адвоката, с её же причинами. Аккаунты одного человека считаются один раз; тех, кто просил им не писать, здесь нет.',
}

/** The tag of tickets in which somebody is thanked, in the language of who opens it. A team may speak both, so either counts. */
export const thanksTags = { en: 'thanks', ru: 'благодарность' }
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
  const accounts = await listAccountsOfPeople(
    engines.db,
    project,
    warmest.map(({ author }) => author),
  )
  const people = new Map<string, Person>()
  for (const { author, warm, newest } of warmest) {
    const person = accounts.find(({ authorId }) => authorId === author)?.person
    const own = accounts.filter((account) => account.person === person)
    const key = person === undefined ? author : String(person)
    // The warmest account of a person speaks for all of them.
    if (!people.has(key))
      people.set(key, {
        ...{ author, warm, newest, ids: own.length === 0 ? [author] : own.map(({ authorId }) => authorId) },
        customers: own.map(({ customerId }) => customerId),
      })
  }
  return judge(engines, project, [...people.values()])
}

type Person = { author: string; warm: number; newest: string; ids: string[]; customers: number[] }

/** One question for what all of them wrote and one for their tickets: fifty cards one after the other took seconds. */
async function judge({ db, clickhouse }: Engines, project: number, people: Person[]): Promise<Advocate[]> {
  const ids = people.flatMap((person) => person.ids)
  const refused = new Set(await listRefusals(db, project, ids, 'contact'))
  const [written, tickets, newest] = await Promise.all([
    readWritten(clickhouse, project, ids),
    countTickets(
      db,
      project,
      people.flatMap(({ customers }) => customers),
    ),
    findMentions(
      clickhouse,
      project,
      people.map((person) => person.newest),
    ),
  ])
  return people.flatMap((person): Advocate[] => {
    const theirs = written.filter(({ account }) => person.ids.includes(ids[account] ?? ''))
    const known = tickets.filter(({ customerId }) => person.customers.includes(customerId))
    const path = pathOf(
      theirs,
      known.reduce((sum, { count }) => sum + count, 0),
    )
    const mention = newest.find(({ id }) => id === person.newest)
    if (person.ids.some((id) => refused.has(id))) return []
    if (path?.step !== 'advocate' || !mention) return []
    const reasons = path.reasons.filter(({ step }) => step === 'advocate' || step === 'loyal')
    const thanked = known.map(({ thankedIn }) => thankedIn ?? 0)
    return [{ author: person.author, reasons, mention, warm: person.warm, thankedIn: Math.max(0, ...thanked) || null }]
  })
}

/** Of each customer the number of tickets, and the newest in which they are thanked. */
async function countTickets(
  db: Database,
  project: number,
  customers: number[],
): Promise<{ customerId: number; count: number; thankedIn: number | null }[]> {
  return list(
    db,
    sql<{ customerId: number; count: number; thankedIn: number | null }>`
      select customer_id, count(*)::int as count, max(id) filter (where tags && ${Object.values(thanksTags)}::text[]) as thanked_in
      from ticket
      where project_id = ${project} and customer_id = any(${customers}::int[])
      group by customer_id`,
  )
}
