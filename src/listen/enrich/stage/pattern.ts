import type { corrigible } from '../../mentions/correction.ts'

/** Where the author stands in the cycle of a consumer; what each means is in docs/models/stage.md. */
export type Stage = (typeof corrigible.stage)[number]

/** What a table may speak for: a stage, or that the post is none of them (news, advertising, the company itself). */
export const outcomes = [
  'none',
  'general-request',
  'competitor-request',
  'product-request',
  'first-review',
  'praise',
  'negative',
  'support',
  'leaving',
  'awkward-question',
] as const satisfies readonly (Stage | 'none')[]
export type Outcome = (typeof outcomes)[number]

/** What holds for a whole post. The marks are found by words of a language, the others in any (facts.ts). */
export const marks = ['own', 'you', 'trouble', 'thanks', 'opinion'] as const
export const facts = [
  ...marks,
  'question',
  'addressed',
  'to-brand',
  'to-other',
  'link',
  'retweet',
  'bare',
  'signed',
  'quoted',
  'news',
  'positive',
  'negative',
] as const
export type Fact = (typeof facts)[number]
export type Mark = (typeof marks)[number]

/**
 * One line of a table: when any of the cues stands in the text and the facts hold, the outcome gains the weight. A cue is
 * words in order: `a|b` one of them, `*` any ending, `…` up to four words between, `TARGET` the brand, `RIVAL` a competitor.
 */
export type Pattern = {
  outcome: Outcome
  reason: Reason
  /** In units of log-odds, as a person guessed them; the calibration stretches all of them alike. */
  weight: number
  /** Absent: the facts alone decide. */
  cues?: readonly string[]
  when?: readonly Fact[]
  unless?: readonly Fact[]
  /** A cue with a “not” in the two words before it does not count. */
  unnegated?: boolean
}

export type PatternTable = {
  patterns: readonly Pattern[]
  /** “not”, “never”, “без”. */
  negations: readonly string[]
  /** Cues that make a mark hold. */
  marks: { readonly [mark in Mark]: readonly string[] }
}

/** Why a pattern speaks for its outcome, as a person reads it on the screen. */
export const reasons = {
  'asks-which': { en: 'asks which to choose', ru: 'спрашивает, что выбрать' },
  'asks-advice': { en: 'asks for advice', ru: 'просит совета' },
  'asks-about-rival': { en: 'asks about a competitor', ru: 'спрашивает о конкуренте' },
  'asks-when': { en: 'asks when it will be there', ru: 'спрашивает, когда появится' },
  'asks-price': { en: 'asks for the price', ru: 'спрашивает о цене' },
  'asks-terms': { en: 'asks for availability or terms', ru: 'спрашивает о наличии или условиях' },
  'means-to-buy': { en: 'means to buy', ru: 'собирается купить' },
  'comes-over': { en: 'is coming to the brand', ru: 'переходит к бренду' },
  'just-began': { en: 'has just begun to use it', ru: 'только начал пользоваться' },
  'first-time': { en: 'does it for the first time', ru: 'делает это впервые' },
  thanks: { en: 'thanks', ru: 'благодарит' },
  'good-words': { en: 'speaks well of it', ru: 'отзывается хорошо' },
  'good-tone': { en: 'the tone is positive', ru: 'тон позитивный' },
  curses: { en: 'scolds', ru: 'ругает' },
  'bad-words': { en: 'speaks badly of it', ru: 'отзывается плохо' },
  'bad-tone': { en: 'the tone is negative', ru: 'тон негативный' },
  'bitter-thanks': { en: 'thanks bitterly', ru: 'благодарит с горечью' },
  trouble: { en: 'something does not work', ru: 'что-то не работает' },
  'asks-help': { en: 'asks for help', ru: 'просит помощи' },
  'asks-how': { en: 'asks how to do it', ru: 'спрашивает, как сделать' },
  'own-case': { en: 'has a case of their own', ru: 'рассказывает свой случай' },
  waits: { en: 'is waiting for an answer or a delivery', ru: 'ждёт ответа или доставки' },
  'says-goodbye': { en: 'says goodbye', ru: 'прощается' },
  'goes-elsewhere': { en: 'goes to another company', ru: 'уходит к другим' },
  closes: { en: 'closes the account or gives up the service', ru: 'закрывает счёт или отказывается от услуги' },
  'never-again': { en: 'will not buy again', ru: 'больше не купит' },
  'by-what-right': { en: 'asks by what right', ru: 'спрашивает, на каком основании' },
  'asks-why': { en: 'asks why the company acts so', ru: 'спрашивает, почему компания так делает' },
  'asks-how-long': { en: 'asks how long it will go on', ru: 'спрашивает, сколько это будет продолжаться' },
  'asks-truth': { en: 'asks whether it is true', ru: 'спрашивает, правда ли это' },
  'law-and-data': { en: 'asks about law, safety or personal data', ru: 'спрашивает о законе, безопасности или данных' },
  'company-speaks': { en: 'the company itself is speaking', ru: 'говорит сама компания' },
  headline: { en: 'reads like news', ru: 'похоже на новость' },
  advertising: { en: 'reads like advertising', ru: 'похоже на рекламу' },
  'search-words': { en: 'search words and a link', ru: 'поисковые слова и ссылка' },
  repeats: { en: 'repeats somebody else', ru: 'повторяет чужие слова' },
} as const
export type Reason = keyof typeof reasons
