import { loadLanguageModel } from './language-model.ts'
import { LanguageReader } from './language-reader.ts'

export type Language = {
  /** ISO 639-1; null when the text has no letters or is in none of the languages that the model knows. */
  code: string | null
  /**
   * Of the texts answered with 0.9, about 90 % were in the language answered (docs/models/language.md). Null when `code` is
   * null.
   */
  confidence: number | null
}

/**
 * The language of a text, by pieces of its words: 76 languages, each a candidate only where its script has most letters.
 * A text in several languages is in the one that most of its beginning speaks for. Reads no further than 160 letters, and
 * stops earlier once more of them would not change the answer. Links, names of accounts and tags do not count.
 */
export function detectLanguage(text: string): Language {
  reader ??= new LanguageReader(loadLanguageModel())
  return reader.read(text)
}

let reader: LanguageReader | null = null

/**
 * Whether a text cannot be in the language that its platform names: programs name English for whoever has chosen none.
 * Other claims are believed, for many languages are written in several scripts.
 */
export function isClaimedInVain(code: string, text: string): boolean {
  if (code !== 'en') return false
  const letters = text.slice(0, readSigns).match(/\p{L}/gu) ?? []
  return letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length * 2 < letters.length
}

// As far as the detector reads; in what follows nobody changes the script.
const readSigns = 200
