/**
 * How a form must begin that is not made by the regular endings of its dictionary form, so that it is accepted: what is left of the
 * dictionary form without the letters that change in such forms. A bound both ways: the reader of words takes no form that begins otherwise.
 */
export function beginningsBehind(lemma: string, endings: string): string[] {
  if (/(?:т[ьи]|чь)(?:ся|сь)?$/.test(lemma)) return [verbBeginning(lemma.replace(/с[яь]$/, ''), endings)]
  if (endings.includes('A')) {
    const stem = cut(lemma.slice(0, -2), /(?:[ео]?[^аеиоуыэюя]|н)$/)
    return [stem, `по${stem}`, `наи${stem}`]
  }
  const masculine = /[^аеиоуыэюя]$/.test(lemma) && /[JK]/.test(endings)
  return [cut(cut(lemma, /[аеиоуыьйя]$/), masculine ? /[ео][^аеиоуыэюя]$/ : /[ео]?[^аеиоуыэюя]$/)]
}

function verbBeginning(verb: string, endings: string): string {
  const changing =
    /^(.*?)[оеъ]?(?:[бд]рать|звать|гнать|слать|с?тлать|стелить|жать|мять|нять|пять|[тмп]ереть|[бвлпшж]ить|жечь|ждать|рвать|врать|лгать|честь|честься|йти|есть|сесть|лечь|петь|расти|молоть|толочь|взять|начать)$/.exec(
      verb,
    )
  if (changing) return changing[1]!.replace(/(?<=.)[сз]$/, '') || (verb.startsWith('слать') ? '' : verb[0]!)
  if (endings.includes('M') && !/[TUVWY]/.test(endings)) return verb.slice(0, -2)
  if (/..(?:ов|ев|[иы]в)ать$/.test(verb)) return verb.slice(0, -5)
  if (/(?:[сз]т[ьи]|чь)$/.test(verb)) return cut(verb, /(?:ст[ьи]|т[ьи]|чь)$/)
  return cut(cut(verb.slice(0, -2), /[аеиоуыя]$/), /[^аеиоуыэюя]+$/)
}

// At least the first letter stays.
function cut(word: string, ending: RegExp): string {
  return word.slice(0, 1) + word.slice(1).replace(ending, '')
}
