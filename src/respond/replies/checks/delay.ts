import type { ReadDraft, Warning } from './check.ts'
import { asksBack } from './question.ts'
import { anyOf, aTime } from './sentences.ts'

const hourMs = 3_600_000
/** Whoever waited longer has been met with silence, whatever was promised. */
const longWaitMs = 24 * hourMs

/**
 * Whether it passes over our own silence, or is more of it: somebody waited for more than a day and reads no word about
 * that, or reads only that they have to wait on, without until when.
 */
export function keepsWaiting({ text, waitedMs }: ReadDraft): Warning[] {
  const putOff = puttingOff.exec(text)
  if (putOff && !aTime.test(text) && !asksBack(text))
    return [
      {
        check: 'delay',
        blocks: false,
        reason: {
          en: 'It only puts them off. Say what is being done now, and by when they hear more',
          ru: 'Ответ только откладывает решение. Скажите, что делается сейчас и когда будут новости',
        },
        words: putOff[0],
      },
    ]
  if (waitedMs === null || waitedMs < longWaitMs || ownsUp.test(text)) return []
  return [
    {
      check: 'delay',
      blocks: false,
      reason: {
        en: `They have waited for ${waited(waitedMs, 'en')}, and it says no word about that. Apologise for the wait first`,
        ru: `Человек ждёт уже ${waited(waitedMs, 'ru')}, а об этом ни слова. Сначала извинитесь за ожидание`,
      },
      words: null,
    },
  ]
}

const puttingOff = anyOf(
  ...[
    '(?:ваш\\p{L}*|это|данн\\p{L}+)\\s+(?:обращени\\p{L}+|запрос\\p{L}*|заявк\\p{L}+|вопрос\\p{L}*|жалоб\\p{L}+|сообщени\\p{L}+|отзыв\\p{L}*)\\s+(?:\\p{L}+\\s+)?(?:принят\\p{L}*|передан\\p{L}*|зарегистрирован\\p{L}*|направлен\\p{L}*|рассматривается|обрабатывается|находится|в\\s+работе|на\\s+рассмотрении|будет\\s+рассмотрен\\p{L}*)',
    '(?:информаци[яю]|обращение|вопрос|заявк[ау]|жалоб[ау])\\s+(?:мы\\s+)?(?:уже\\s+)?(?:переда\\p{L}+|направил\\p{L}*|направлен\\p{L}*)',
    '(?:мы\\s+)?(?:уже\\s+)?(?:работаем\\s+над|занимаемся|разбираемся)(?:\\s+(?:этим|этой|вашим|вашей|данной|данным|в\\s+ситуации|\\p{L}+))?',
    '(?:просим\\s+)?(?:ожидайте|подождите|ждите|подождать|набраться\\s+терпения|наберитесь\\s+терпения|следите\\s+за\\s+новостями)',
  ],
  ...[
    'your\\s+(?:request|case|ticket|complaint|message|question|feedback|enquiry|inquiry)\\s+(?:has\\s+been|is\\s+being|was|is)\\s+(?:\\p{L}+\\s+)?(?:received|registered|forwarded|passed|reviewed|processed|escalated|under\\s+review|considered)',
    'we\\s+have\\s+(?:forwarded|passed|escalated|registered|received)\\s+(?:this|it|your)',
    "(?:we(?:’re|'re|\\s+are)|our\\s+\\p{L}+\\s+(?:is|are))\\s+(?:currently\\s+|already\\s+|still\\s+)?(?:looking\\s+into|working\\s+on|investigating|reviewing)",
    'please\\s+(?:wait|be\\s+patient|bear\\s+with\\s+us|stand\\s+by)',
    'as\\s+soon\\s+as\\s+possible',
  ],
)

// Any apology will do: nobody wants to read two in three sentences.
const ownsUp = anyOf(
  ...[
    'извини\\p{L}*',
    'простите',
    'прощения',
    'прин(?:ос|ес)\\p{L}+\\s+(?:\\p{L}+\\s+)?извинени\\p{L}+',
    '(?:нам\\s+)?(?:очень\\s+)?жаль',
    'сожале\\p{L}+',
    '(?:за|долг\\p{L}+)\\s+(?:\\p{L}+\\s+)?(?:ожидани\\p{L}+|терпени\\p{L}+|задержк\\p{L}+|молчани\\p{L}+)',
    '(?:так\\s+)?долго\\s+(?:не\\s+отвечали|ждали|молчали)',
    'заставили\\s+(?:вас\\s+)?ждать',
    '(?:не\\s+сразу|с\\s+опозданием|поздно)\\s+(?:увидели|ответили|отвечаем|заметили)',
  ],
  ...[
    'sorry',
    'apolog\\p{L}+',
    '(?:delay|late)\\p{L}*',
    'patience',
    '(?:the|your|long)\\s+wait(?:ing)?',
    'for\\s+waiting',
    'kept\\s+you\\s+waiting',
    'took\\s+(?:us\\s+)?(?:so|too)\\s+long',
  ],
)

function waited(ms: number, locale: 'en' | 'ru'): string {
  const hours = Math.floor(ms / hourMs)
  const [value, unit] = hours < 48 ? ([hours, 'hour'] as const) : ([Math.floor(hours / 24), 'day'] as const)
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}
