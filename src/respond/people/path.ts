import type { Words } from '../../measure/analytics/measure.ts'
import { answersOthers, type Written } from '../../measure/authors/written.ts'

/** From somebody who asks around to somebody who speaks for the brand. */
export const pathSteps = ['potential', 'engaged', 'loyal', 'advocate'] as const
export type PathStep = (typeof pathSteps)[number]

/** Why a step is reached; `values` fill the gaps of its sentence. */
export type PathReason = {
  step: PathStep
  key: 'asks' | 'own-experience' | 'ratings' | 'tickets' | 'warm-again' | 'more-warm' | 'warm-to-others'
  values: { count: number; days?: number; cold?: number }
}

export type Path = {
  step: PathStep
  /** The newest stage known of them is that they leave; then they stand no higher than engaged. */
  leaving: boolean
  /** Of every step reached, the lowest first. */
  reasons: PathReason[]
}

export const pathWords: Words = {
  en: 'Potential: asked about the subject, a competitor or a product. Engaged: spoke of an experience of their own, rated, or has had a ticket. Loyal: engaged, with kind words at least twice, a week or more apart, and more of them than complaints. Advocate: loyal, with kind words at least three times, one of them to others. Kind words: praise, four stars or more, or a positive tonality where no other stage is known. Somebody who last said they leave is at most engaged. Replies of a verified account answer others and are left out. Unknown while none of this is known.',
  ru: 'Потенциальный: спрашивал о теме, конкуренте или продукте. Вовлечённый: рассказал о своём опыте, поставил оценку или у него был тикет. Лояльный: вовлечён и хотя бы дважды, с разницей в неделю или больше, сказал доброе слово, и добрых слов больше, чем жалоб. Адвокат бренда: лоялен и сказал доброе слово хотя бы трижды, в том числе другим людям. Доброе слово: похвала, четыре звезды и больше либо позитивная тональность, если другой этап не известен. Кто последним делом сказал, что уходит, — не выше вовлечённого. Ответы подтверждённого аккаунта — это ответы другим, они не учитываются. Неизвестно, пока ничего из этого не известно.',
}

const asking = new Set(['general-request', 'competitor-request', 'product-request'])
const experiencing = new Set(['first-review', 'praise', 'negative', 'support', 'leaving'])
const toOthers = new Set(['reply', 'comment', 'repost', 'quote'])
const dayS = 86_400
const apartDays = 7

/** How far somebody has come, from what they wrote, oldest first, and the tickets they had; null when nothing tells. */
export function pathOf(all: Written[], tickets: number): Path | null {
  const written = all.filter((one) => !answersOthers(one))
  const asks = written.filter(({ stage }) => stage !== null && asking.has(stage)).length
  const own = written.filter(({ stage }) => stage !== null && experiencing.has(stage)).length
  const ratings = written.filter(({ rating }) => rating !== null).length
  const warm = written.filter(isWarm)
  const cold = written.filter(isCold).length
  const days = Math.floor(((warm.at(-1)?.at ?? 0) - (warm[0]?.at ?? 0)) / dayS)
  const others = warm.filter(({ kind }) => kind !== null && toOthers.has(kind)).length

  const potential: PathReason[] = reason(asks > 0, 'potential', 'asks', { count: asks })
  const engaged: PathReason[] = [
    ...reason(own > 0, 'engaged', 'own-experience', { count: own }),
    ...reason(ratings > 0, 'engaged', 'ratings', { count: ratings }),
    ...reason(tickets > 0, 'engaged', 'tickets', { count: tickets }),
  ]
  const leaving = written.findLast(({ stage }) => stage !== null)?.stage === 'leaving'
  const isLoyal = engaged.length > 0 && warm.length > 1 && days >= apartDays && warm.length > cold && !leaving
  const loyal = [
    ...reason(isLoyal, 'loyal', 'warm-again', { count: warm.length, days }),
    ...reason(isLoyal, 'loyal', 'more-warm', { count: warm.length, cold }),
  ]
  const isAdvocate = isLoyal && warm.length > 2 && others > 0
  const advocate = reason(isAdvocate, 'advocate', 'warm-to-others', { count: others })

  const reasons = [...potential, ...engaged, ...loyal, ...advocate]
  const step = reasons.at(-1)?.step
  return step === undefined ? null : { step, leaving, reasons }
}

function isWarm({ stage, rating, sentiment }: Written): boolean {
  if (stage === 'praise' || (rating !== null && rating >= 4)) return true
  return sentiment === 'positive' && rating === null && (stage === null || stage === 'first-review')
}

function isCold({ stage, rating, sentiment }: Written): boolean {
  if (stage === 'negative' || stage === 'leaving' || (rating !== null && rating <= 2)) return true
  return sentiment === 'negative' && rating === null && stage !== 'praise'
}

function reason(holds: boolean, step: PathStep, key: PathReason['key'], values: PathReason['values']): PathReason[] {
  return holds ? [{ step, key, values }] : []
}
