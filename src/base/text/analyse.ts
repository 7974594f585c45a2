import { plainWords } from './plain.ts'
import { scan } from './scan.ts'
import { stemmingLanguage } from './stem.ts'
import { WordTable } from './word-table.ts'
import type { Word } from './word.ts'

/**
 * A text cut into words once, for matching, storing and highlighting alike. Arrays named in the plural run over tokens in
 * reading order; several tokens may stand at one position (a hyphenated word and its first part, an address and its host).
 * Title and text are one stream: the title's positions come first, and one position between them stays empty.
 */
export type Analysis = {
  mode: AnalysisMode
  title: string
  text: string
  words: Word[]
  positions: number[]
  /** Where the token stands in its field. */
  starts: number[]
  ends: number[]
  /** The first position and the first token of the text; before them is the title. */
  textPosition: number
  textToken: number
  /** By position; a paragraph ends at a line break, and so does a sentence. */
  sentenceAt: number[]
  paragraphAt: number[]
}

/** `forms`: QUERY.md, “Words”. `plain`: runs of letters and digits in lower case, nothing folded, no word forms (bench/percolate). */
export type AnalysisMode = 'forms' | 'plain'

export type Field = 'title' | 'text'

/** The columns `tokens`, `token_at`, `stems` and `stem_at`; each pair of arrays is parallel. */
export type StoredWords = { tokens: string[]; token_at: number[]; stems: string[]; stem_at: number[] }

/** Words beyond this position are not looked for: stored positions have 16 bits, and nobody writes posts of 60,000 words. */
export const lastPosition = 60_000

/** Never throws, whatever the text holds; the time grows with the length of the text only. */
export function analysePost(
  post: { title: string | null; text: string; lang: string | null },
  mode: AnalysisMode = 'forms',
): Analysis {
  const analysis: Analysis = {
    mode,
    title: post.title ?? '',
    text: post.text,
    words: [],
    positions: [],
    starts: [],
    ends: [],
    textPosition: 0,
    textToken: 0,
    sentenceAt: [],
    paragraphAt: [],
  }
  const read = mode === 'plain' ? plainWords : scan
  const lang = stemmingLanguage(post.lang)
  const known = tableOf(mode === 'plain' ? 'plain' : lang)
  if (analysis.title !== '') {
    read(analysis, analysis.title, lang, known)
    if (analysis.words.length > 0) {
      analysis.sentenceAt.push(-1)
      analysis.paragraphAt.push(-1)
    }
    analysis.textPosition = analysis.sentenceAt.length
    analysis.textToken = analysis.words.length
  }
  read(analysis, analysis.text, lang, known)
  return analysis
}

/** The same for a bare text. */
export function analyse(text: string, options: { lang?: string | null; mode?: AnalysisMode } = {}): Analysis {
  return analysePost({ title: null, text, lang: options.lang ?? null }, options.mode)
}

export function storedWords(analysis: Analysis): StoredWords {
  const stored: StoredWords = { tokens: [], token_at: [], stems: [], stem_at: [] }
  for (let token = 0; token < analysis.words.length; token++) {
    const word = analysis.words[token]!
    const at = analysis.positions[token]!
    stored.tokens.push(word.folded)
    stored.token_at.push(at)
    for (const stem of word.stems) {
      stored.stems.push(stem)
      stored.stem_at.push(at)
    }
  }
  return stored
}

const tables = new Map<string, WordTable>()

// Stems depend on the post's language, so each language knows its own words.
function tableOf(key: string): WordTable {
  let table = tables.get(key)
  if (!table) tables.set(key, (table = new WordTable()))
  return table
}
