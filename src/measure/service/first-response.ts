import { sql } from 'kysely'
import type { Words } from '../analytics/measure.ts'
import { quantiles } from './times.ts'

export const firstResponseWords: Words = {
  en: 'First response: from the first mention of a ticket to our first answer, over the answered tickets; of working hours, only the time in which the project works counts. Within target: answers that kept what was promised ÷ those that kept or missed it; tickets to which nothing was promised are left out.',
  ru: 'Первый ответ: от первого упоминания в тикете до нашего первого ответа, по отвеченным тикетам; в рабочих часах считается только рабочее время проекта. В срок: ответы, успевшие к обещанному, ÷ успевшие и опоздавшие; тикеты без обещанного срока не учитываются.',
}

export const firstResponseParts = {
  'first-kept': sql`s.first_promise = 'kept'`,
  'first-missed': sql`s.first_promise = 'missed'`,
}

export const firstResponseTimes = sql`'first', ${quantiles(sql`s.first_ms`)}, 'firstWork', ${quantiles(sql`s.first_work_ms`)}`
