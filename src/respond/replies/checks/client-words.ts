import { analyse } from '../../../base/text/analyse.ts'
import type { ReadDraft, Warning } from './check.ts'
import { placesOf } from './phrase.ts'

/** Whether it uses words that this client has said never to use, in any form. */
export function usesBanned({ text, voice }: ReadDraft): Warning[] {
  const draft = analyse(text)
  for (const banned of voice.banned) {
    const [place] = placesOf(banned, draft)
    if (!place) continue
    return [
      {
        check: 'banned',
        blocks: true,
        reason: {
          en: `This client never says “${banned}”. Say it in other words`,
          ru: `Этот клиент никогда не говорит «${banned}». Скажите иначе`,
        },
        words: text.slice(place.from, place.to),
      },
    ]
  }
  return []
}

/**
 * Whether it names another client. Such a reply does not go out, unless the customer has named that client first, or nobody has written
 * down how people call it: then the sender decides.
 */
export function namesAnother({ text, mention, voice }: ReadDraft): Warning[] {
  const draft = analyse(text)
  const asked = analyse(`${mention.title ?? ''}\n${mention.text}`)
  const ours = voice.names.flatMap((name) => placesOf(name, draft))
  for (const { name, sure } of voice.others) {
    if (voice.names.some((own) => own.toLowerCase() === name.toLowerCase())) continue
    const place = placesOf(name, draft).find(
      ({ from, to }) =>
        !ours.some((own) => own.from <= from && to <= own.to) &&
        // «Мир» is a name, «мир» is peace.
        (!/^\p{Lu}/u.test(name) || /^\p{Lu}/u.test(text.slice(from))),
    )
    if (!place) continue
    const blocks = sure && placesOf(name, asked).length === 0
    const us = voice.names[0] ?? ''
    return [
      {
        check: 'other-client',
        blocks,
        reason: {
          en: `It names “${name}”, and you are answering for ${us}`,
          ru: `Здесь назван «${name}», а отвечаете вы за «${us}»`,
        },
        words: text.slice(place.from, place.to),
      },
    ]
  }
  return []
}
