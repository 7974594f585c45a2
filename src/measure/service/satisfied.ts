import { sql } from 'kysely'
import { share, type Estimate } from '../../listen/topics/estimate.ts'
import type { Words } from '../analytics/measure.ts'

export const satisfiedWords: Words = {
  en: 'Satisfied share: tickets whose author was satisfied ÷ those satisfied or not, with Wilson’s 95 % interval. What the author said last decides, or their answer to our question, and a person’s mark above all. Silent ones, those who wrote without saying, and those of whom nobody knows yet are left out: silence is no satisfaction.',
  ru: 'Доля довольных: тикеты, автор которых остался доволен, ÷ те, где доволен или недоволен; интервал Уилсона 95 %. Решает последнее, что сказал автор, или его ответ на наш вопрос, а выше всего — отметка сотрудника. Промолчавшие, написавшие без оценки и те, о ком ещё неизвестно, не учитываются: молчание — не довольство.',
}

export const satisfiedParts = {
  satisfied: sql`s.outcome = 'satisfied'`,
  unsatisfied: sql`s.outcome = 'unsatisfied'`,
  undecided: sql`s.outcome = 'undecided'`,
  silent: sql`s.outcome = 'silent'`,
  unknown: sql`s.outcome is null`,
}

/** Null: nobody is known to be one or the other. */
export function shareSatisfied(satisfied: number, unsatisfied: number): Estimate | null {
  return share(satisfied, satisfied + unsatisfied)
}
