/** What a UTF-16 code unit can do in a text. */
export const other = 0
export const letter = 1 // letters, digits and the marks on them
export const packed = 2 // letters of scripts that put no spaces between words
export const space = 3
export const lineBreak = 4
export const surrogate = 5
export const apostrophe = 6
export const hyphen = 7
export const sigil = 8 // # @ $
export const stop = 9 // ends a sentence
export const pictograph = 10
export const invisible = 11 // inside a word it is not there

/** The class of every code unit of the basic plane. */
export const classes = classify()

function classify(): Uint8Array {
  const table = new Uint8Array(65_536)
  const set = (characters: string, kind: number) => {
    for (const character of characters) table[character.charCodeAt(0)] = kind
  }
  const word = /[\p{L}\p{N}\p{M}]/u
  const noSpaces =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
  const picture = /\p{Extended_Pictographic}/u
  for (let code = 0; code < 65_536; code++) {
    if (code >= 0xd800 && code <= 0xdfff) {
      table[code] = surrogate
      continue
    }
    const character = String.fromCharCode(code)
    if (word.test(character)) table[code] = noSpaces.test(character) ? packed : letter
    else if (/\s/.test(character)) table[code] = space
    // Earlier pictographs are signs such as © and ↔.
    else if (code >= 0x231a && picture.test(character)) table[code] = pictograph
  }
  set('\n\r\u2028\u2029', lineBreak)
  set("'\u2019\u2018\u02bc\u02b9\u00b4`\uff07", apostrophe)
  set('-\u2010\u2011', hyphen)
  set('#@$\uff03\uff20\uff04', sigil)
  set('.!?…。！？', stop)
  set(
    '\u00ad\u200b\u200c\u200d\u2060\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f\ufeff',
    invisible,
  )
  return table
}

/** The class of a character outside the basic plane. */
export function classOfAstral(code: number): number {
  if (code >= 0x1f000 && code <= 0x1faff) return pictograph
  const character = String.fromCodePoint(code)
  if (/[\p{L}\p{N}\p{M}]/u.test(character)) return /\p{Script=Han}/u.test(character) ? packed : letter
  return other
}

/** The class of the character that begins at a surrogate; `other` where it has no partner. */
export function astral(text: string, at: number): number {
  const code = text.codePointAt(at)
  return code === undefined || code < 0x10000 ? other : classOfAstral(code)
}
