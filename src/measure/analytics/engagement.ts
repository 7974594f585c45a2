import type { Words } from './measure.ts'

export const engagementWords: Words = {
  en: 'Engagement: reactions + comments + shares, summed over the mentions that tell at least one of them. Unknown when none does.',
  ru: 'Вовлечённость: реакции + комментарии + репосты — сумма по упоминаниям, где известно хотя бы одно из трёх. Неизвестна, если не известно ни у одного.',
}

/** Of a group of mentions, when one of them at least is `toldEngagement`; otherwise it is unknown. */
export const engagementOfMentions = 'sum(ifNull(engagement, 0))'
export const toldEngagement = 'engagement is not null'
