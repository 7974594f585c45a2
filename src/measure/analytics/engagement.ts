import type { Words } from './measure.ts'

export const engagementWords: Words = {
  en: 'Engagement: reactions + comments + shares, summed over the mentions that tell at least one of them. Unknown when none does.',
  ru: 'Вовлечённость: реакции + комментарии + репосты — сумма по упоминаниям, где известно хотя бы одно из трёх. Неизвестна, если не известно ни у одного.',
}

/** Of a group of mentions; the column is null where the platform tells nothing, and the sum is null when all are. */
export const engagementOfMentions = 'sum(engagement)'
