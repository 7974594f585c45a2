import { detectLanguage } from '../../../listen/enrich/language.ts'
import type { ReadDraft, Warning } from './check.ts'

// Below this many letters a text is names and greetings, which look alike in many languages.
const fewestLetters = 25
const sure = 0.9

/** Whether the customer is answered in another language than they wrote in. Silent where either is not sure. */
export function inOtherLanguage({ text, mention }: ReadDraft): Warning[] {
  if ([...text.matchAll(/\p{L}/gu)].length < fewestLetters) return []
  const ours = detectLanguage(text)
  const theirs = detectLanguage(`${mention.title ?? ''} ${mention.text}`)
  const wrote = (theirs.confidence ?? 0) >= sure ? theirs.code : mention.lang
  if (ours.code === null || wrote === null || ours.code === wrote || (ours.confidence ?? 0) < sure) return []
  const name = (code: string, locale: string) => new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code
  return [
    {
      check: 'language',
      blocks: false,
      reason: {
        en: `The customer wrote in another language: ${name(wrote, 'en')}, and the reply is in ${name(ours.code, 'en')}`,
        ru: `Клиент пишет на другом языке: ${name(wrote, 'ru')}, а ответ — ${name(ours.code, 'ru')}`,
      },
      words: null,
    },
  ]
}
