/**
 * Under which a word or a stem is stored and looked for. `term` is 48 bits of a hash of its characters, written as 8
 * letters of base64url, so that it survives every format; among the ten million different words of a very large archive a
 * word asked for meets another one of the same key once in 28 million questions. `place` is 32 other bits of it, for
 * looking only where the term is already known to be.
 */
export type WordKey = { term: string; place: number }

/** The key of a written word, folded. It never equals that of a stem. */
export function keyOfWord(folded: string): WordKey {
  return keyOf('=' + folded)
}

/** The key of a stem or lemma with its language, as `ru:банк`. */
export function keyOfStem(stem: string): WordKey {
  return keyOf(stem)
}

/**
 * MurmurHash3 for 32-bit machines with 128 bits (A. Appleby, public domain), over UTF-16 code units; the last block is
 * filled with zeros, which the length at the end tells from letters. A cryptographic hash would say nothing more: whoever
 * wants to be found under a word can write it.
 */
function keyOf(text: string): WordKey {
  let [h1, h2, h3, h4] = [0, 0, 0, 0]
  for (let at = 0; at < text.length; at += 8) {
    h1 ^= Math.imul(rotate(Math.imul(pair(text, at), c1), 15), c2)
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0
    h2 ^= Math.imul(rotate(Math.imul(pair(text, at + 2), c2), 16), c3)
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0
    h3 ^= Math.imul(rotate(Math.imul(pair(text, at + 4), c3), 17), c4)
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0
    h4 ^= Math.imul(rotate(Math.imul(pair(text, at + 6), c4), 18), c1)
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0
  }
  h1 ^= text.length
  h2 ^= text.length
  h3 ^= text.length
  h4 ^= text.length
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = mix((h2 + h1) | 0)
  h3 = mix((h3 + h1) | 0)
  h4 = mix((h4 + h1) | 0)
  h1 = (mix(h1) + h2 + h3 + h4) | 0
  h2 = (h2 + h1) | 0
  h3 = (h3 + h1) | 0
  return { term: fourLetters(h1) + fourLetters(h2), place: h3 >>> 0 }
}

const c1 = 0x239b961b
const c2 = 0xab0e9789
const c3 = 0x38b34ae5
const c4 = 0xa1e38b93

// Two code units as one number; beyond the end there are zeros.
function pair(text: string, at: number): number {
  const low = at < text.length ? text.charCodeAt(at) : 0
  return at + 1 < text.length ? low | (text.charCodeAt(at + 1) << 16) : low
}

function rotate(number: number, bits: number): number {
  return (number << bits) | (number >>> (32 - bits))
}

function mix(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

// 24 bits.
function fourLetters(number: number): string {
  return (
    letters[(number >>> 18) & 63]! +
    letters[(number >>> 12) & 63]! +
    letters[(number >>> 6) & 63]! +
    letters[number & 63]!
  )
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
