import { makeWord } from './make-word.ts'
import { makePlainWord, plainWords } from './plain.ts'
import { scan } from './scan.ts'
import { Slab } from './slab.ts'
import { stemmingLanguage } from './stem.ts'
import { Tokens, type Lexicon } from './tokens.ts'
import { WordTable } from './word-table.ts'
import { numberOfWord, wordNumbers, type Word } from './word.ts'

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
  positions: Int32Array
  /** Where the token stands in its field. */
  starts: Int32Array
  ends: Int32Array
  /** The first position and the first token of the text; before them is the title. */
  textPosition: number
  textToken: number
  /** By position; a paragraph ends at a line break, and so does a sentence. */
  sentenceAt: Int32Array
  paragraphAt: Int32Array
  /** By token; see `numbersOf`. */
  numbers: Int32Array
  time: number
  /** By token: the number under which the table of the language knows the word, as long as the table does not start anew. */
  inTable: Int32Array
  tableTimes: number
}

/** `forms`: QUERY.md, “Words”. `plain`: runs of letters and digits in lower case, nothing folded, no word forms (bench/percolate). */
export type AnalysisMode = 'forms' | 'plain'

export type Field = 'title' | 'text'

/** Never throws, whatever the text holds; the time grows with the length of the text only. */
export function analysePost(
  post: { title: string | null; text: string; lang: string | null },
  mode: AnalysisMode = 'forms',
): Analysis {
  const table = tableOf(mode, post.lang)
  wordNumbers.makeRoom()
  table.makeRoom()
  const lexicon = { wanted: null, understand: table.understand.bind(table) }
  const { textPosition, textToken } = readWords(tokens, post, mode, lexicon, true)
  const { count, size } = tokens
  const words: Word[] = []
  const numbers = slab.ints(count)
  for (let token = 0; token < count; token++) {
    words.push(table.word(tokens.words[token]!))
    numbers[token] = table.numberOf(tokens.words[token]!)
  }
  return {
    mode,
    title: post.title ?? '',
    text: post.text,
    words,
    positions: slab.copy(tokens.positions, count),
    starts: slab.copy(tokens.starts, count),
    ends: slab.copy(tokens.ends, count),
    textPosition,
    textToken,
    sentenceAt: slab.copy(tokens.sentenceAt, size),
    paragraphAt: slab.copy(tokens.paragraphAt, size),
    numbers,
    time: wordNumbers.time,
    inTable: slab.copy(tokens.words, count),
    tableTimes: table.times,
  }
}

/** The numbers of the words of a text (`numberOfWord`), token by token, good until the next text is analysed. */
export function numbersOf(analysis: Analysis): Int32Array {
  if (analysis.time !== wordNumbers.time) {
    analysis.numbers = Int32Array.from(analysis.words, numberOfWord)
    analysis.time = wordNumbers.time
  }
  return analysis.numbers
}

/** Reads the words of a post into `tokens`; where the text begins, by position and by token. */
export function readWords(
  tokens: Tokens,
  post: { title: string | null; text: string },
  mode: AnalysisMode,
  lexicon: Lexicon,
  sentences: boolean,
): { textPosition: number; textToken: number } {
  const read = mode === 'plain' ? plainWords : scan
  tokens.clear()
  if (post.title) {
    read(tokens, post.title, lexicon, sentences)
    // A title without words takes a position all the same: its signs must not stand where the text begins.
    if (tokens.size === 0) tokens.next(-1, -1)
    tokens.next(-1, -1)
  }
  const [textPosition, textToken] = [tokens.size, tokens.count]
  read(tokens, post.text, lexicon, sentences)
  return { textPosition, textToken }
}

/** The same for a bare text. */
export function analyse(text: string, options: { lang?: string | null; mode?: AnalysisMode } = {}): Analysis {
  return analysePost({ title: null, text, lang: options.lang ?? null }, options.mode)
}

// One thread reads one text at a time.
const tokens = new Tokens()
const slab = new Slab()
const tables = new Map<string, WordTable>()

/** The words of a language as a post of that language has them: stems depend on it. */
export function tableOf(mode: AnalysisMode, lang: string | null): WordTable {
  const key = mode === 'plain' ? 'plain' : stemmingLanguage(lang)
  let table = tables.get(key)
  if (!table) {
    table = new WordTable(mode === 'plain' ? makePlainWord : (raw, width, like) => makeWord(raw, key, width, like))
    tables.set(key, table)
  }
  return table
}
