/**
 * Stem of a Ukrainian word in lower case: the ending of a reflexive verb, then that of an adjective, a verb or a noun, the longest
 * that leaves three letters with a vowel. Endings after the declension and conjugation tables of the Ukrainian orthography
 * (2019), §§ 72–106. The stemmer for Ukrainian in `@orama/stemmers` keeps state between words, so it is not used.
 */
export function stemUkrainian(word: string): string {
  let stem = strip(word, reflexive)
  stem = strip(stem, endings)
  stem = strip(stem, remains)
  // The vowel of -ість opens in other forms: швидкість, швидкості.
  if (stem.endsWith('іст') && stem.length > 4) stem = `${stem.slice(0, -3)}ост`
  return stem.endsWith('нн') ? stem.slice(0, -1) : stem
}

const reflexive = byLength(['ся', 'сь'])

const endings = byLength(
  (
    'ого ому ими іми ими ої ою ій ий им ім их іх ій ою ую юю ая яя еє ього ьому ьою ьої ьої ' + // adjectives
    'ати яти ити іти ути увати ювати ав яв ив ів ала яла ила іла али яли или іли ало яло ило іло ає яє ує ює ить їть ють уть ать ять ' +
    'ємо емо имо їмо єте ете ите їте еш єш иш їш аю яю ую юю айте яйте іть аючи яючи ' + // verbs
    'а я о е є и і ї у ю ами ями ам ям ах ях ом ем єм ою ею єю ові еві єві ів їв ей ею ію ією ія ії ій ію іям іями іях ьми ' + // nouns
    'ння нню нням нні нь'
  ).split(' '),
)

const remains = byLength(['ь', 'й', 'і', 'и', "'"])

const vowel = /[аеєиіїоуюя]/

function strip(word: string, list: string[]): string {
  for (const ending of list) {
    if (!word.endsWith(ending)) continue
    const stem = word.slice(0, -ending.length)
    if (stem.length >= 3 && vowel.test(stem)) return stem
  }
  return word
}

function byLength(list: string[]): string[] {
  return [...new Set(list)].sort((a, b) => b.length - a.length)
}
