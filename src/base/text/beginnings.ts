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
  const regular = code === 'uk' ? ukrainianBeginnings(stem) : [rewrites[code] ? stem.replace(rewrites[code], '') : stem]
  const forms = irregulars[code]?.formsOf(stem) ?? []
  const irregular = forms.length === 0 ? [] : commonBeginnings(forms.map(dropAccents))
  // Where cutting leaves nothing, a stem of a letter or two stands for itself; of Arabic nothing can be promised.
  return [...regular.map((one) => dropAccents(one === '' && code !== 'ar' ? stem : one)), ...irregular]
}

// In a closed syllable о, е and є become і or ї, and some vanish: рок of рік, вітр of вітер. A last consonant changes too: рук of
// руці.
function ukrainianBeginnings(stem: string): string[] {
  const bare = stem.replace(/\+.*$/, '')
  const changing = /[оеє](?=[^аеєиіїоуюя]{1,2}$)/.exec(bare)
  if (!changing) return [bare.replace(/[^аеєиіїоуюя]$/, '')]
  const before = bare.slice(0, changing.index)
  if (before.length > 3) return [before]
  return [changing[0], 'і', 'ї', bare[changing.index + 1]!].map((letter) => before + letter)
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
