import { must } from '../../../base/errors.ts'
import type { ReadDraft, Warning } from './check.ts'
import { anyOf, aTime, sentencesOf } from './sentences.ts'

/**
 * Whether it promises something that nobody will keep: without a person who does it, or without a time by which. Who works
 * on the ticket keeps what it promises; “we” is nobody.
 */
export function promisesNothingSure({ text, assignee }: ReadDraft): Warning[] {
  for (const sentence of promisesIn(text)) {
    const promised = must(promise.exec(sentence))
    const nobody = assignee === null && !somebody.test(sentence)
    const never = !aTime.test(sentence)
    if (!nobody && !never) continue
    return [
      {
        check: 'promise',
        blocks: false,
        reason: {
          en: nobody
            ? never
              ? 'A promise without anybody who keeps it and without a time. Say who and by when, or give the ticket to somebody'
              : 'A promise without anybody who keeps it. Say who, or give the ticket to somebody'
            : 'A promise without a time. Say by when',
          ru: nobody
            ? never
              ? 'Обещание без исполнителя и срока. Напишите, кто и когда сделает, или назначьте тикет кому-нибудь'
              : 'Обещание без исполнителя. Напишите, кто сделает, или назначьте тикет кому-нибудь'
            : 'Обещание без срока. Напишите, когда',
        },
        words: promised[0],
      },
    ]
  }
  return []
}

/** The sentences that promise something, in order; what depends on the customer's own step is none. */
export function promisesIn(text: string): string[] {
  return sentencesOf(text).filter((sentence) => promise.test(sentence) && !optional.test(sentence))
}

const promise = anyOf(
  ...[
    '(?:свяжемся|перезвоним|позвоним|ответим|решим|исправим|верн[её]м|разбер[её]мся|проверим|сообщим|уточним|узна[её]м|передадим|напишем|починим|компенсируем|начислим|пришл[её]м|отправим|заменим|рассмотрим|устраним|доставим|подключим|оформим|помож[её]м|примем\\s+меры|сделаем)',
    '(?:свяжусь|перезвоню|позвоню|отвечу|исправлю|верну|проверю|сообщу|уточню|узнаю|напишу|пришлю|отправлю)',
    '(?:с\\s+вами\\s+|вам\\s+)(?:обязательно\\s+|скоро\\s+)?(?:свяжутся|свяжется|перезвонят|перезвонит|позвонят|позвонит|ответят|ответит|напишут|напишет|помогут|поможет)',
    'буд[еу]т\\s+(?:\\p{L}+\\s+)?(?:реш[её]н\\p{L}*|исправлен\\p{L}*|возвращ[её]н\\p{L}*|устран[её]н\\p{L}*|начислен\\p{L}*|отправлен\\p{L}*|доставлен\\p{L}*|рассмотрен\\p{L}*|компенсирован\\p{L}*|замен[её]н\\p{L}*)',
  ],
  ...[
    "(?:we|i|they|someone|somebody|a\\s+specialist|our\\s+\\p{L}+(?:\\s+team)?)(?:’ll|'ll|\\s+will|\\s+are\\s+going\\s+to|\\s+shall)\\s+(?:certainly\\s+|definitely\\s+|also\\s+)?(?:get\\s+back|call|contact|reach|write|fix|refund|solve|resolve|check|look\\s+into|send|replace|let\\s+you\\s+know|find\\s+out|update|answer|reply|credit|deliver|investigate|help|forward|pass)",
    'will\\s+be\\s+(?:\\p{L}+\\s+)?(?:fixed|refunded|returned|solved|resolved|credited|delivered|replaced|sent|shipped|investigated)',
    "you(?:’ll|'ll|\\s+will)\\s+(?:get|receive|have)\\s+(?:a|your|the)\\s+(?:call|refund|answer|reply|money|replacement)",
  ],
)

// “Напишите, и мы поможем”: what follows from the customer's own step is an offer.
const optional = anyOf(
  'если',
  'когда\\s+вы',
  'как\\s+только\\s+вы',
  'после\\s+того\\s+как\\s+вы',
  'if\\s+you',
  'once\\s+you',
  'when\\s+you',
  'as\\s+soon\\s+as\\s+you',
)

// A name behind a role, or somebody who speaks of themselves.
const somebody =
  /(?<![\p{L}])(?:я|лично|I|I['’]ll|myself)(?![\p{L}])|(?:специалист|менеджер|эксперт|инженер|коллега|мастер|руководитель|specialist|manager|engineer|colleague|expert)\p{L}*\s+\p{Lu}\p{Ll}+|(?:свяжусь|перезвоню|позвоню|отвечу|исправлю|верну|проверю|сообщу|уточню|узнаю|напишу|пришлю|отправлю)(?![\p{L}])/u
