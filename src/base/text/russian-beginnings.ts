/**
 * How a form must begin that is not made by the regular endings of its dictionary form, so that it is accepted: what is left of the
 * dictionary form without the letters that change in such forms. A bound both ways: the reader of words takes no form that begins otherwise.
 */
export function beginningsBehind(lemma: string, endings: string): string[] {
  if (/(?:т[ьи]|чь)(?:ся|сь)?$/.test(lemma) && !isNoun(endings))
    return [verbBeginning(lemma.replace(/с[яь]$/, ''), endings)]
  if (endings.includes('A')) {
    return twoLetters(lemma, cut(lemma.slice(0, -2), /(?:[ео]?[^аеиоуыэюя]|н)$/)).flatMap((stem) => [
      stem,
      `по${stem}`,
      `наи${stem}`,
    ])
  }
  const masculine = /[^аеиоуыэюя]$/.test(lemma) && /[JK]/.test(endings)
  return twoLetters(lemma, cut(cut(lemma, /[аеиоуыьйя]$/), masculine ? /[ео][^аеиоуыэюя]$/ : /[ео]?[^аеиоуыэюя]$/))
}

// Of nouns like сеть and ночь, which end as a verb does.
function isNoun(endings: string): boolean {
  return /[FGHIJKNO]/.test(endings) && !/[BDLMPQRTUVWY]/.test(endings)
}

// Of a first syllable like сон or лев more than its first letter is known: the vowel stays, or it falls and the consonant or ь
// follows (сна, льва).
function twoLetters(lemma: string, stem: string): string[] {
  if (stem.length > 1 || !/^.[аеиоуыэюя][^аеиоуыэюя]/.test(lemma)) return [stem]
  return [lemma[1]!, lemma[2]!, 'ь'].map((second) => stem + second)
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
