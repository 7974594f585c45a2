import type { ReadDraft, Warning } from './check.ts'
import { anyOf, sentencesOf } from './sentences.ts'

/** Whether it tells the customer that it is their own doing, or that they are not believed. */
export function blames({ text }: ReadDraft): Warning[] {
  for (const sentence of sentencesOf(text)) {
    for (const { wording, reason } of [fault, doubt]) {
      const found = wording.exec(sentence)
      if (found && !takenBack.test(sentence.slice(0, found.index + found[0].length)))
        return [{ check: 'blame', blocks: false, reason, words: found[0] }]
    }
  }
  return []
}

const fault = {
  reason: {
    en: 'It blames the customer. Say what can be done now, and leave out whose mistake it was',
    ru: 'Звучит как упрёк клиенту. Скажите, что сделать сейчас, и не разбирайте, кто виноват',
  },
  wording: anyOf(
    ...[
      'сам[аи]?\\s+(?:же\\s+)?(?:виноват\\p{L}*|ошиб\\p{L}+|допустили|нажали|удалили|указали|подписали|согласились)',
      '(?:по|из-за)\\s+ваше[йм]у?\\s+(?:собственной\\s+)?(?:вине|вины|ошибк[еи]|невнимательност[ьи]|неосторожност[ьи]|халатност[ьи])',
      'ваша\\s+(?:собственная\\s+)?(?:вина|ошибка|невнимательность|проблема)',
      'вы\\s+(?:просто\\s+)?(?:невнимательн\\p{L}+|не\\s+(?:прочитали|прочли|читали|удосужились|потрудились|соизволили|ознакомились|проверили|соблюдали|выполнили))',
      '(?:надо|нужно|следовало|стоило)\\s+(?:было|бы)\\s+(?:\\p{L}+\\s+){0,2}(?:читать|прочитать|прочесть|думать|подумать|смотреть|посмотреть|проверить|проверять|ознакомиться|внимательн\\p{L}+|уточнить)',
      '(?:будьте|были\\s+бы)\\s+внимательнее',
      'если\\s+бы\\s+вы\\s+(?:\\p{L}+\\s+){0,2}(?:читали|прочитали|прочли|проверили|посмотрели|ознакомились)',
      'как\\s+(?:мы\\s+)?(?:вам\\s+)?(?:уже|неоднократно)\\s+(?:\\p{L}+\\s+)?(?:говорили|писали|объясняли|сообщали|сказано|написано)',
      'учите\\s+матчасть',
    ],
    ...[
      "you\\s+should(?:\\s+have|’ve|'ve)\\s+\\p{L}+",
      'if\\s+you\\s+had\\s+(?:\\p{L}+\\s+)?(?:read|checked|looked|followed|listened|told)',
      "(?:it\\s+is|it’s|it's|this\\s+is|that\\s+is|was|by|due\\s+to)\\s+your\\s+(?:own\\s+)?(?:fault|mistake|error|negligence|problem)",
      'you\\s+(?:clearly\\s+|simply\\s+|obviously\\s+)?(?:failed|forgot|neglected|refused)\\s+to',
      "you\\s+(?:clearly\\s+|obviously\\s+)?(?:did\\s+not|didn’t|didn't|never)\\s+(?:bother\\s+to\\s+)?(?:read|check|follow|look|bother|pay\\s+attention)",
      'as\\s+(?:we\\s+)?(?:have\\s+)?(?:already|clearly|repeatedly)\\s+(?:\\p{L}+\\s+)?(?:said|stated|explained|told|written|mentioned)',
      'next\\s+time\\s+(?:please\\s+)?(?:read|pay\\s+attention|be\\s+more\\s+careful)',
      'calm\\s+down',
    ],
  ),
}

const doubt = {
  reason: {
    en: 'It doubts the customer’s honesty. Say what you checked and ask for what is missing',
    ru: 'Звучит как недоверие к клиенту. Скажите, что проверили, и попросите то, чего не хватает',
  },
  wording: anyOf(
    ...[
      'якобы',
      'вы\\s+(?:лишь\\s+|только\\s+)?утверждаете',
      'ваш[еи]?\\s+(?:голословн\\p{L}+|так\\s+называем\\p{L}+)\\s+\\p{L}+',
      'голословн\\p{L}+',
      'вы\\s+(?:нас\\s+)?(?:вр[её]те|лж[её]те|обманываете|придумали|придумываете|выдумали|выдумываете|вводите\\s+\\p{L}+\\s+в\\s+заблуждение)',
      '(?:мы\\s+)?(?:сомневаемся|не\\s+верим)(?:\\s+(?:в|что|вам)\\p{L}*)?',
      'не\\s+может\\s+быть,?\\s+чтобы\\s+вы',
      'это\\s+(?:неправда|ложь|клевета|выдумка|вымысел)',
    ],
    ...[
      'you\\s+(?:only\\s+)?claim(?:ed)?(?:\\s+(?:that|to))?',
      '(?:allegedly|supposedly|your\\s+alleged|your\\s+so-called)',
      "you(?:\\s+are|’re|'re)\\s+(?:lying|making\\s+(?:this|that|it)\\s+up|exaggerating|not\\s+being\\s+honest)",
      "we\\s+(?:doubt|(?:do\\s+not|don’t|don't)\\s+believe)\\s+(?:that|you|your)",
      "(?:this|that)(?:\\s+is|’s|'s)\\s+(?:simply\\s+|just\\s+)?(?:not\\s+true|a\\s+lie|untrue|impossible)",
    ],
  ),
}

// “Это не ваша ошибка” takes it off them.
const takenBack =
  /(?<![\p{L}])(?:не|нет|ни|вовсе\s+не|not|isn’t|isn't|wasn’t|wasn't|never)\s+(?:в\s+|is\s+|was\s+|по\s+|из-за\s+|by\s+|due\s+to\s+)?(?:ваш\p{L}*|your|вы|сам\p{L}?|якобы|allegedly)(?:\s+\p{L}+){0,2}$/iu
