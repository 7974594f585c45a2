import { sql } from 'kysely'
import type { Words } from '../analytics/measure.ts'

export const breachesWords: Words = {
  en: 'Breaches: tickets in which at least one promise was missed — of the first answer, a further one or the solution — and how many promises that were.',
  ru: 'Нарушения: тикеты, где не сдержано хотя бы одно обещание — первого ответа, следующего или решения, — и сколько таких обещаний.',
}

export const breachesParts = { breached: sql`s.breaches > 0` }

export const breachesSums = sql`'breaches', coalesce(sum(s.breaches), 0)`
