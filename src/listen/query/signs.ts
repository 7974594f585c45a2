/**
 * What each character does in a query, by its UTF-16 unit: words and values are cut by a look into this table, since a
 * query of a hundred thousand words is read while somebody types.
 */
export const signs = new Uint8Array(65_536)

// 0 is any other character, which may stand in words.
/** A letter or digit for certain, or a hyphen inside a word: nothing about it needs a second look. */
export const letter = 1
/** Blanks and control characters. */
export const blank = 2
/** Ends a word and a value. */
export const mark = 3
/** Ends a word, not a value. */
export const tilde = 4
export const ampersand = 5

for (let code = 0; code < 0x3001; code++) if (/[\s\p{Cc}]/u.test(String.fromCharCode(code))) signs[code] = blank
signs[0xfeff] = blank
for (const [from, to] of [
  ['0', '9'],
  ['A', 'Z'],
  ['a', 'z'],
  ['À', 'Ö'],
  ['Ø', 'ö'],
  ['ø', 'ɏ'],
  ['Ѐ', 'ҁ'],
  ['Ҋ', 'ԯ'],
  ['-', '-'],
] as const)
  signs.fill(letter, from.charCodeAt(0), to.charCodeAt(0) + 1)
for (const character of '()[]{}"“”„«»|,<>') signs[character.charCodeAt(0)] = mark
signs['~'.charCodeAt(0)] = tilde
signs['&'.charCodeAt(0)] = ampersand

export function isBlank(text: string, at: number): boolean {
  return signs[text.charCodeAt(at)] === blank
}

/** Where the letters that begin here end. */
export function lettersEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && signs[text.charCodeAt(at)] === letter) at++
  return at
}

/** Where the word that begins here ends: at a blank, a bracket, a quotation mark, a comma, `|`, `<`, `>`, `~` or `&&`. */
export function wordEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const sign = signs[text.charCodeAt(at)]!
    if (sign <= letter) continue
    if (sign !== ampersand || text.charCodeAt(at + 1) === 38) return at
  }
  return text.length
}

/** Where the value of a field that begins here ends; `~` and `&&` belong to it. */
export function valueEnd(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const sign = signs[text.charCodeAt(at)]
    if (sign === blank || sign === mark) break
    at++
  }
  return at
}

/** Whether there is something in it that a text could be searched for: a letter, a digit or a picture. */
export function isFindable(text: string): boolean {
  return findable.test(text)
}

const findable = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u
