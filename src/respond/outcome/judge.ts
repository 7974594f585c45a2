import type { Mention } from '../../listen/mentions/mention.ts'
import type { EvidenceKind, Verdict } from './outcome.ts'

export type Judged = { kind: EvidenceKind; verdict: Verdict | null }

/**
 * What somebody says by what they write after we answered. Words come first, for a thanks is often too short for a model: a
 * threat, then that it still does not work, then thanks; where words say nothing, the stage and the tonality do.
 */
export function judge({
  text,
  stage,
  sentiment,
  complaint,
}: Pick<Mention, 'text' | 'stage' | 'sentiment' | 'complaint'>): Judged {
  const said = text.toLowerCase().replaceAll('ё', 'е').replaceAll('’', "'")
  if (escalates.test(said)) return { kind: 'escalation', verdict: 'unsatisfied' }
  if (stage === 'leaving') return { kind: 'leaving', verdict: 'unsatisfied' }
  if (stillBroken.test(said)) return { kind: 'complaint', verdict: 'unsatisfied' }
  const thanks = thanking.test(said)
  if (!thanks && (stage === 'negative' || complaint === true)) return { kind: 'complaint', verdict: 'unsatisfied' }
  if (sentiment === 'negative') return { kind: 'complaint', verdict: 'unsatisfied' }
  if (thanks && !stillAsks.test(said)) return { kind: 'thanks', verdict: 'satisfied' }
  if (stage === 'praise' || sentiment === 'positive') return { kind: 'praise', verdict: 'satisfied' }
  return { kind: 'wrote', verdict: null }
}

/** Words with any letters before and after them left out; `…` at an end lets a word go on. */
function words(...all: string[]): RegExp {
  const one = (word: string) =>
    `(?<!\\p{L})${word.replaceAll(' ', '\\s+').replace(/…$/, '')}${word.endsWith('…') ? '' : '(?!\\p{L})'}`
  return new RegExp(all.map(one).join('|'), 'u')
}

const escalates = words(
  'роспотребнадзор…',
  'прокуратур…',
  '(?:подам|подаю|подал|подала|пойду|иду|обращусь|обращаюсь|увидимся|встретимся) (?:\\p{L}+ ){0,2}в суд…',
  'судеб(?:ный|ная|ное) иск…',
  'жалоб[ауы] в (?:цб|центробанк|центральный банк|фас|роскомнадзор|ржд|минздрав)…',
  'жалуюсь в (?:цб|центробанк|фас|роскомнадзор)…',
  'омбудсмен…',
  'мо(?:й|им|ему) (?:адвокат|юрист)…',
  'напишу (?:\\p{L}+ )?в сми',
  "(?:i'll|i will|i'm going to|going to) (?:sue|take (?:you|this|them) to court|report (?:you|this|it) to)",
  'see you in court',
  'small claims',
  'my (?:lawyer|attorney|solicitor)',
  'ombudsman',
  'trading standards',
  'legal action',
  '(?:going|go) to the (?:press|media)',
)

const stillBroken = words(
  'не (?:помогло|помогла|помог|помогает|решен[оа]?|решили|решилось|исправили|починили|вернули)',
  '(?:все еще|по-прежнему|до сих пор|опять|снова) (?:\\p{L}+ )?не(?!\\p{L})',
  "(?:still|again) (?:\\p{L}+ )?(?:not|doesn't|does not|isn't|won't|can't|no|broken|waiting|down)",
  "(?:didn't|did not|doesn't|does not) (?:help|work)",
  'not (?:solved|fixed|resolved)',
)

const thanking = words(
  '(?:большое )?спасиб…',
  'пасиб…',
  'спс',
  'благодар(?:ю|им|ен|на|ны|ность|ствую)',
  'выручил[иа]?',
  'thanks',
  'thank (?:you|u)',
  'thx',
  'tysm',
  'cheers',
  'much appreciated',
  'дякую',
  'рахмет',
  'grazie',
)

/** Thanks for an answer that go on with a request are no end of the matter. */
const stillAsks = /\?|(?<!\p{L})(?:но|однако|только вот|but|however)(?!\p{L})/u
