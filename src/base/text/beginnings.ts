import { irregularEnglish } from './english.ts'
import { dropAccents } from './fold.ts'
import type { Irregular } from './irregular.ts'
import { irregularItalian } from './italian.ts'
import { irregularUkrainian } from './ukrainian.ts'

/**
 * How a token may begin, accents dropped, when `stem` is its stem under the rules of that language; as long as can be promised.
 * Most stemmers only cut, so the stem itself is the beginning; the table holds where one writes other letters than it read.
 */
export function beginningsOfStem(code: string, stem: string): string[] {
  const cut = rewrites[code] ? stem.replace(rewrites[code], '') : stem
  const forms = irregulars[code]?.formsOf(stem) ?? []
  return forms.length === 0 ? [dropAccents(cut)] : [dropAccents(cut), ...commonBeginnings(forms.map(dropAccents))]
}

/** The common beginning of words, or several where it would be shorter than two letters. */
export function commonBeginnings(words: string[]): string[] {
  const [first = ''] = words
  let length = 0
  while (length < first.length && words.every((word) => word[length] === first[length])) length++
  if (length >= 2 || words.some((word) => word.length === length)) return [first.slice(0, length)]
  return [...Map.groupBy(words, (word) => word[length]).values()].flatMap(commonBeginnings)
}

/** Those of the beginnings that no other one begins: what starts with any of `beginnings` starts with one of them. */
export function shortest(beginnings: readonly string[]): string[] {
  return [...new Set(beginnings)].filter((one) => !beginnings.some((other) => other !== one && one.startsWith(other)))
}

const irregulars: { [code: string]: Irregular } = {
  en: irregularEnglish,
  it: irregularItalian,
  uk: irregularUkrainian,
}

// What comes off the stem so that the rest stood in the token.
const rewrites: { [code: string]: RegExp } = {
  ru: /(?<=[^аеиоуыэюя])[кц]$/, // скидк of скидок, продавц of продавец
  uk: /(?:[оеє][^аеєиіїоуюя+]{1,2}|[^аеєиіїоуюя+])(?:\+.*)?$|\+.*$/, // рок of рік, швидкост of швидкість, рук of руці
  kk: /[пкқ]?(?:\+у)?$/, // кітап of кітабы
  en: /[ei]$/, // cit of city, hop of hoping
  fr: /(?:[ae]nt|qu|x|l|i)$/, // récent of récemment, appliqu of application, capital of capitaux
  es: /(?<=en)t$/, // referent of referencia
  it: /[hi]?(?:\+.*)?$/,
  pt: /(?<=en)t$/,
  nl: /(?<=[aeou])(?:ss|[^aeiou])$|(?<=he)id$/, // stral of straal, waarheid of waarheden
  fi: /[aeiouyäö]+$/, // käytö of käyttö
  hu: /(?:[glnt]y|[czs]s|[s]z)$/, // tavasz of tavasszal
  ro: /(?<=is)t$/, // optimist of optimism
  tr: /[pçtk]$|(?<=[dg])[ıiuü]$/, // kimlik of kimliği
  ar: /^.*$/s, // prefixes come off too, so nothing is promised
}
