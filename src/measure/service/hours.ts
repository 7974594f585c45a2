import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Words } from '../analytics/measure.ts'
import type { Cohort } from './cohort.ts'

export const hoursWords: Words = {
  en: 'Hours: minutes that members wrote down for tickets on days of the period, whenever the ticket was opened. Cost: those minutes ÷ 60 × the rate of their day, as the head has set it; minutes of days without a rate cost nobody knows what and are told apart. Nothing is measured behind anybody’s back.',
  ru: 'Часы: минуты, которые участники записали к тикетам за дни периода, когда бы тикет ни открыли. Стоимость: эти минуты ÷ 60 × ставка того дня, которую назначил руководитель; минуты дней без ставки показаны отдельно — их стоимость неизвестна. Ничего не измеряется тайком.',
}

export type Hours = {
  minutes: number
  /** One for each currency; in its hundredths. */
  costs: { currency: string; cents: number }[]
  /** Minutes of days without a rate. */
  unpricedMinutes: number
  /** Most minutes first. */
  members: { memberId: string; member: string; minutes: number }[]
  /** The tickets that they were written down for, those with most minutes first, up to 200. */
  tickets: { ticketId: number; minutes: number }[]
}

type Line = {
  ticketId: number
  memberId: string
  member: string
  minutes: number
  cents: number | null
  currency: string | null
}

/** `days` are those of the period in the project's time zone, the last one included. The cohort's own period is not asked. */
export async function countHours(db: Database, cohort: Cohort, days: { from: string; to: string }): Promise<Hours> {
  const { project, platform, queue, member, tickets } = cohort
  const lines = await list(
    db,
    sql<Line>`
      select w.ticket_id, w.member_id, max(w.member) as member, sum(w.minutes)::int as minutes, r.cents, r.currency
      from work_minutes w
      left join lateral (
        select cents, currency from service_rate
        where project_id = w.project_id and from_day <= w.day
        order by from_day desc
        limit 1
      ) r on true
      left join ticket t on t.id = w.ticket_id
      where w.project_id = ${project} and w.day between ${days.from}::date and ${days.to}::date
        and (${platform}::text is null or t.platform = ${platform})
        and (${queue}::int is null or t.queue_id = ${queue})
        and (${member}::text is null or w.member_id = ${member})
        and (${tickets}::int[] is null or w.ticket_id = any(${tickets}::int[]))
      group by w.ticket_id, w.member_id, r.cents, r.currency`,
  )
  const priced = lines.filter(({ cents }) => cents !== null)
  return {
    minutes: sum(lines),
    costs: [...Map.groupBy(priced, ({ currency }) => currency ?? '')].map(([currency, some]) => ({
      currency,
      cents: Math.round(some.reduce((all, { minutes, cents }) => all + (minutes / 60) * (cents ?? 0), 0)),
    })),
    unpricedMinutes: sum(lines.filter(({ cents }) => cents === null)),
    members: [...Map.groupBy(lines, ({ memberId }) => memberId)]
      .map(([memberId, some]) => ({ memberId, member: some[0]?.member ?? memberId, minutes: sum(some) }))
      .toSorted((one, other) => other.minutes - one.minutes),
    tickets: [...Map.groupBy(lines, ({ ticketId }) => ticketId)]
      .map(([ticketId, some]) => ({ ticketId, minutes: sum(some) }))
      .toSorted((one, other) => other.minutes - one.minutes)
      .slice(0, 200),
  }
}

function sum(lines: { minutes: number }[]): number {
  return lines.reduce((all, { minutes }) => all + minutes, 0)
}
