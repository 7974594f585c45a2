import { apostrophe, classes, hyphen, letter, sigil } from './characters.ts'
import { dropAccents, lower, tidy } from './fold.ts'
import { hashSeed, hashStep } from './hash.ts'

/**
 * By code unit: the folded letter, where a letter folds to one by itself; 0 for everything else, also for marks, letters that
 * become two (ß) and letters of scripts that compose with their neighbours.
 */
export const folds = makeFolds()

/** The same with what may stand inside a word: apostrophes, hyphens, `_` and the signs before names. */
export const foldsInside = withSigns()

/**
 * Letters behind this one are not Russian, and some of them tell the language of a word whatever its text is written in.
 */
export const lastRussian = 0x44f

/** In place of a hash: some letter of the word does not fold by itself. */
export const unhashed = -1

/** The hash of the folded letters of a word, or `unhashed`. */
export function foldedHash(text: string, start: number, end: number): number {
  let hash = hashSeed
  for (let i = start; i < end; i++) {
    const folded = foldsInside[text.charCodeAt(i)]!
    if (folded === 0) return unhashed
    hash = hashStep(hash, folded)
  }
  return hash
}

function makeFolds(): Uint16Array {
  const table = new Uint16Array(65_536)
  const alone =
    /[0-9\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Hebrew}\p{Script=Arabic}]/u
  for (let code = 0; code < 65_536; code++) {
    if (classes[code] !== letter) continue
    const character = String.fromCharCode(code)
    if (!alone.test(character) || /\p{M}/u.test(character)) continue
    const folded = dropAccents(lower(tidy(character)))
    if (folded.length === 1) table[code] = folded.charCodeAt(0)
  }
  return table
}

function withSigns(): Uint16Array {
  const table = folds.slice()
  for (let code = 0; code < 65_536; code++) {
    const kind = classes[code]
    if (kind !== apostrophe && kind !== hyphen && kind !== sigil && code !== 95) continue
    const folded = dropAccents(lower(tidy(String.fromCharCode(code))))
    if (folded.length === 1) table[code] = folded.charCodeAt(0)
  }
  return table
}
