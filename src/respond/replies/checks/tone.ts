import { analyse } from '../../../base/text/analyse.ts'
import { detectLanguage } from '../../../listen/enrich/language.ts'
import { findToxicity } from '../../../listen/enrich/toxicity.ts'
import type { ReadDraft, Warning } from './check.ts'
import { anyOf } from './sentences.ts'

// Below this the model errs on polite refusals.
const surelyRude = 0.75

/** Whether it speaks as this client does not: rudely, in capitals, or with «ты» where the client says «вы»; that does not go out. */
export function speaksOtherwise({ text, voice }: ReadDraft): Warning[] {
  const warning = (words: string | null, en: string, ru: string, blocks = false): Warning[] => [
    { check: 'tone', blocks, reason: { en, ru }, words },
  ]
  const shouted = /\p{Lu}{4,}(?:[^\p{L}\n]+\p{Lu}{2,}){2,}/u.exec(text)
  if (shouted)
    return warning(shouted[0], 'Capitals shout. Write as one speaks', 'Заглавные буквы кричат. Напишите спокойно')
  const wrong = voice.address === null ? null : (voice.address === 'formal' ? informal : formal).exec(text)
  if (wrong && voice.address === 'formal')
    // Several people are «вы» to anybody, but nobody who says «вы» says only «ты», unless for another client.
    return warning(
      wrong[0],
      'This client says «вы» to people',
      'Этот клиент обращается к людям на «вы»',
      formal.exec(text) === null,
    )
  if (wrong) return warning(wrong[0], 'This client says «ты» to people', 'Этот клиент обращается к людям на «ты»')
  const { code } = detectLanguage(text)
  const rude = findToxicity(analyse(text, { lang: code }), code)
  if (rude?.label === true && rude.confidence >= surelyRude)
    return warning(null, 'It reads as rude. Say it more calmly', 'Звучит грубо. Скажите спокойнее')
  return []
}

const informal = anyOf('ты', 'тебя', 'тебе', 'тобой', 'тво(?:й|я|[её]|и|его|ей|ему|им|их|ими|ю|[её]м)')
const formal = anyOf('вы', 'вас', 'вам', 'вами', 'ваш(?:а|е|и|его|ей|ему|им|их|ими|у|ем)?')
