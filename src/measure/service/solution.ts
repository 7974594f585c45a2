import { sql } from 'kysely'
import type { Words } from '../analytics/measure.ts'
import { quantiles } from './times.ts'

export const solutionWords: Words = {
  en: 'Solution: from the first mention of a ticket to the moment it was last solved or closed, over the tickets that are so now; one that was opened again waits for its new end. Within target: solutions that kept what was promised ÷ those that kept or missed it. Tickets that are not solved yet are left out, so the newest periods look faster than they will be.',
  ru: 'Решение: от первого упоминания в тикете до момента, когда его в последний раз решили или закрыли, по решённым и закрытым сейчас; открытый снова ждёт нового конца. В срок: решения, успевшие к обещанному, ÷ успевшие и опоздавшие. Ещё не решённые не учитываются, поэтому последние периоды выглядят быстрее, чем окажутся.',
}

export const solutionParts = {
  solved: sql`s.solution_ms is not null`,
  unsolved: sql`s.solution_ms is null`,
  'solution-kept': sql`s.solution_promise = 'kept'`,
  'solution-missed': sql`s.solution_promise = 'missed'`,
}

export const solutionTimes = sql`'solution', ${quantiles(sql`s.solution_ms`)}, 'solutionWork', ${quantiles(sql`s.solution_work_ms`)}`
