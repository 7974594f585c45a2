import { analyse } from '../../../base/text/analyse.ts'
import type { ReadDraft, Warning } from './check.ts'
import { anyOf, aTime, sentencesOf } from './sentences.ts'

/**
 * Whether a question of the customer stays without an answer: a “when” needs a time, a “how much” a number, a “why” a
 * reason, and all others at least a word of what was asked. Asking back, or saying that it will be found out, is an answer.
 */
export function leavesQuestion({ text, mention }: ReadDraft): Warning[] {
  if (asksBack(text)) return []
  const said = wordsOf(text)
  for (const question of questionsOf(`${mention.title ?? ''}\n${mention.text}`)) {
    const kind = kinds.find(({ asks }) => asks.test(question))
    const answered = kind
      ? kind.told.test(text) || (kind.orNamed && overlaps(question, said))
      : told.test(text) || overlaps(question, said)
    if (answered) continue
    const short = question.length > 120 ? `${question.slice(0, 119).toWellFormed()}…` : question
    return [
      {
        check: 'question',
        blocks: false,
        reason: {
          en: `They asked something that the reply does not answer${kind ? ` (${kind.en})` : ''}`,
          ru: `На вопрос клиента нет ответа${kind ? ` (${kind.ru})` : ''}`,
        },
        words: short,
      },
    ]
  }
  return []
}

/** What was really asked: sentences with a question mark that are more than “why??” and “are you serious?”. */
function questionsOf(text: string): string[] {
  return sentencesOf(text.replace(/https?:\/\/\S+/g, ' ')).filter(
    (sentence) => /[?？]/.test(sentence) && wordsIn(sentence) >= 3 && !rhetorical.test(sentence),
  )
}

const rhetorical = anyOf(
  'сколько\\s+можно',
  'доколе',
  'вы\\s+(?:серь[её]зно|издеваетесь|нормальные|вообще|совсем)',
  'как\\s+так\\s+можно',
  'как\\s+вам\\s+не\\s+стыдно',
  'да\\s+что\\s+ж(?:е)?\\s+это',
  'зачем\\s+вы\\s+(?:вообще|нужны)',
  'кому\\s+вы\\s+нужны',
  'are\\s+you\\s+(?:serious|kidding|joking)',
  'is\\s+this\\s+a\\s+joke',
  'how\\s+dare',
  'who\\s+needs\\s+you',
  'what\\s+is\\s+wrong\\s+with\\s+you',
)

const step = anyOf(
  '\\p{L}{3,}(?:йте|ьте|ите)(?:сь)?',
  '(?:можно|можете|нужно|надо|достаточно|следует)',
  '(?:go|open|click|tap|press|try|visit|call|write|check|choose|select|log\\s+in|sign\\s+in|enter|send|contact|use|update|restart|please)',
)
const link = /https?:\/\/|www\.|«[^»]+»|“[^”]+”|"[^"]+"/

const kinds = [
  {
    asks: anyOf(
      'когда',
      'во\\s+сколько',
      'до\\s+скольки',
      'сколько\\s+(?:ещ[её]\\s+)?(?:ждать|времени|дней|часов)',
      'в\\s+какие\\s+сроки',
      'какие\\s+сроки',
      'when',
      'how\\s+(?:long|soon)',
      'what\\s+time',
      'by\\s+when',
    ),
    told: new RegExp(`${aTime.source}|(?<!\\p{L})(?:уже|already|now|сейчас)(?!\\p{L})`, 'iu'),
    orNamed: false,
    en: 'they asked when',
    ru: 'спрашивают, когда',
  },
  {
    asks: anyOf(
      'сколько',
      'какая\\s+(?:цена|стоимость|комиссия|сумма)',
      'поч[её]м',
      'how\\s+(?:much|many)',
      'what\\s+(?:is\\s+the\\s+)?(?:price|cost|fee)',
    ),
    told: /\d|бесплатн|free of charge|(?<!\p{L})(?:free|no fee|без комиссии|ноль|один|два|три|one|two|three|none)(?!\p{L})/iu,
    orNamed: false,
    en: 'they asked how much',
    ru: 'спрашивают, сколько',
  },
  {
    asks: anyOf(
      'почему',
      'отчего',
      'по\\s+какой\\s+причине',
      'с\\s+чем\\s+связан\\p{L}*',
      'why',
      'what\\s+(?:is\\s+)?the\\s+reason',
      'how\\s+come',
    ),
    told: anyOf(
      'потому',
      'из-за',
      'так\\s+как',
      'поскольку',
      'причин\\p{L}*',
      'в\\s+связи\\s+с',
      'связан\\p{L}*',
      'дело\\s+в',
      'вызван\\p{L}*',
      'чтобы',
      'because',
      'due\\s+to',
      'since',
      'caused',
      'reasons?',
      'as\\s+a\\s+result',
      'owing\\s+to',
      'so\\s+that',
    ),
    orNamed: false,
    en: 'they asked why',
    ru: 'спрашивают, почему',
  },
  {
    asks: anyOf('где', 'куда', 'откуда', 'where'),
    told: new RegExp(
      `${link.source}|(?<!\\p{L})(?:адрес\\p{L}*|раздел\\p{L}*|вкладк\\p{L}*|приложени\\p{L}*|кабинет\\p{L}*|улиц\\p{L}*|address|section|tab|app|page|street|store|office|menu)(?!\\p{L})`,
      'iu',
    ),
    orNamed: true,
    en: 'they asked where',
    ru: 'спрашивают, где',
  },
  {
    asks: anyOf(
      'как',
      'каким\\s+образом',
      'что\\s+(?:мне\\s+|нам\\s+)?(?:теперь\\s+)?делать',
      'how',
      'what\\s+(?:should|can|do)\\s+(?:i|we)',
    ),
    told: new RegExp(`${link.source}|${step.source}`, 'iu'),
    orNamed: true,
    en: 'they asked how',
    ru: 'спрашивают, как',
  },
]

/** Of a question to be answered with yes or no. */
const told = anyOf(
  'да',
  'нет',
  'нельзя',
  'можно',
  'можете',
  'к\\s+сожалению',
  'конечно',
  'верно',
  'пока\\s+не\\p{L}*',
  'yes',
  'no',
  'not',
  'unfortunately',
  'sure',
  'of\\s+course',
  'indeed',
  "you\\s+can(?:not|’t|'t)?",
)

/** Whether it is the customer's turn now, or somebody says that they find out. */
export function asksBack(text: string): boolean {
  return (
    /[?？]/.test(text.replace(/https?:\/\/\S+/g, ' ')) ||
    anyOf(
      'уточним',
      'узна[её]м',
      'уточню',
      'узнаю',
      'выясн\\p{L}+',
      'подскажите',
      'пришлите',
      'напишите\\s+(?:нам|мне|в)',
      'сообщите',
      'find\\s+out',
      'let\\s+you\\s+know',
      'please\\s+(?:send|tell|share|dm|message|let\\s+us\\s+know)',
      'could\\s+you',
    ).test(text)
  )
}

function overlaps(question: string, said: Set<string>): boolean {
  return [...wordsOf(question)].some((word) => said.has(word))
}

/** The words that carry what it is about, whatever their form: function words are short in both languages. */
function wordsOf(text: string): Set<string> {
  return new Set(
    analyse(text)
      .words.filter(({ folded }) => folded.length >= 5 && !empty.test(folded))
      .flatMap(({ stems, folded }) => (stems.length > 0 ? stems : [folded])),
  )
}

const empty = anyOf(
  'когда',
  'почему',
  'можно',
  'нужно',
  'только',
  'будет',
  'здравствуйте',
  'добрый',
  'спасибо',
  'пожалуйста',
  'скажите',
  'подскажите',
  'which',
  'where',
  'there',
  'about',
  'would',
  'could',
  'should',
  'hello',
  'please',
  'thank',
  'thanks',
  'really',
  'after',
  'still',
)

function wordsIn(sentence: string): number {
  return [...sentence.matchAll(/[\p{L}\p{N}]+/gu)].length
}
