import { sql } from 'kysely'
import type { Words } from '../analytics/measure.ts'

export const answeredWords: Words = {
  en: 'Answered mentions: mentions of the tickets that were posted before our last answer in their ticket, public, private or noted by hand. Share answered: those ÷ all mentions of the tickets. Unknown while there is no mention.',
  ru: 'Отвеченные упоминания: упоминания в тикетах, опубликованные раньше нашего последнего ответа в том же тикете — публичного, личного или отмеченного вручную. Доля отвеченных: они ÷ все упоминания этих тикетов. Неизвестна, пока упоминаний нет.',
}

export const answeredParts = {
  answered: sql`s.first_ms is not null`,
  unanswered: sql`s.first_ms is null`,
}

export const answeredSums = sql`'mentions', coalesce(sum(s.mentions), 0), 'answeredMentions', coalesce(sum(s.answered_mentions), 0)`

/** Null: there is no mention. */
export function shareAnswered(answered: number, mentions: number): number | null {
  return mentions === 0 ? null : answered / mentions
}
