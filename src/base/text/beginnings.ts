import { dropAccents } from './fold.ts'

/**
 * How a token must begin, accents dropped, when `stem` is its stem under the rules of that language; as long as can be promised.
 * Most stemmers only cut, so the stem itself is the beginning; the table holds where one writes other letters than it read.
 */
export function beginningOf(code: string, stem: string): string {
  const rewrite = rewrites[code]
  return dropAccents(rewrite ? stem.replace(rewrite, '') : stem)
}

/** Those of the beginnings that no other one begins: what starts with any of `beginnings` starts with one of them. */
export function shortest(beginnings: readonly string[]): string[] {
  return [...new Set(beginnings)].filter((one) => !beginnings.some((other) => other !== one && one.startsWith(other)))
}

// What comes off the stem so that the rest stood in the token.
const rewrites: { [code: string]: RegExp } = {
  ru: /(?<=[^аеиоуыэюя])[кц]$/, // скидк of скидок, продавц of продавец
  uk: /(?<=[^аеиоуыєюяії])[кц]$|ост$/, // the same, and швидкост of швидкість
  kk: /[пкқ]$/, // кітап of кітабы
  en: /[ei]$|(?<=b)l$/, // happi of happy, hope of hoping, capabl of capability
  fr: /(?:[ae]nt|qu|x|l|i)$/, // récent of récemment, appliqu of application, capital of capitaux
  es: /(?<=en)t$/, // referent of referencia
  it: /(?<=en)t$/,
  pt: /(?<=en)t$/,
  nl: /(?<=[aeou])(?:ss|[^aeiou])$|(?<=he)id$/, // stral of straal, waarheid of waarheden
  fi: /[aeiouyäö]+$/, // käytö of käyttö
  hu: /(?:[glnt]y|[czs]s|[s]z)$/, // tavasz of tavasszal
  ro: /(?<=is)t$/, // optimist of optimism
  tr: /[pçtk]$|(?<=[dg])[ıiuü]$/, // kimlik of kimliği
  ar: /^.*$/s, // prefixes come off too, so nothing is promised
}
