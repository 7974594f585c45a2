import { detectLanguage } from '../../../listen/enrich/language.ts'
import type { ReadDraft, Warning } from './check.ts'

// Below this many letters a text is names and greetings, which look alike in many languages.
const fewestLetters = 25
const sure = 0.9

/**
 * Whether the customer is answered in another language than they wrote in. It does not go out in one in which this client never replies.
 * Silent where either is not sure.
 */
export function inOtherLanguage({ text, mention, voice }: ReadDraft): Warning[] {
  if ([...text.matchAll(/\p{L}/gu)].length < fewestLetters) return []
  const ours = detectLanguage(text)
  const theirs = detectLanguage(`${mention.title ?? ''} ${mention.text}`)
  const wrote = (theirs.confidence ?? 0) >= sure ? theirs.code : mention.lang
  if (ours.code === null || wrote === null || ours.code === wrote || (ours.confidence ?? 0) < sure) return []
  const name = (code: string, locale: string) => new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code
  if (voice.languages.length > 0 && !voice.languages.includes(ours.code)) {
    const all = (locale: string) =>
      new Intl.ListFormat(locale).format(voice.languages.map((code) => name(code, locale)))
    return [
      {
        check: 'language',
        blocks: true,
        reason: {
          en: `The reply is in ${name(ours.code, 'en')}. The customer does not write in it, and this client replies in ${all('en')}`,
          ru: `Язык ответа — ${name(ours.code, 'ru')}. Клиент пишет не на нём, а в проекте отвечают так: ${all('ru')}`,
        },
        words: null,
      },
    ]
  }
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
