import { hash } from 'node:crypto'

/**
 * Under which a word or a stem is stored and looked for. `term` is 48 bits of the MD5 of its characters, written as 8
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

function keyOf(text: string): WordKey {
  const sum = hash('md5', text, 'buffer')
  return { term: sum.toString('base64url', 0, 6), place: sum.readUInt32LE(8) }
}
