import { readRows } from './read-rows.ts'

/** pemistahl/lingua-rs at 77e94d1a, Apache-2.0: single words, word pairs and sentences of 75 languages. */
export type LinguaRow = { code: string; kind: string; text: string }

export const linguaKinds = ['single-words', 'word-pairs', 'sentences']

export function readLingua(): LinguaRow[] {
  return readRows<'lang' | 'kind' | 'text'>('lingua/lid.dev.tsv.gz').map(({ lang, kind, text }) => ({
    code: lang,
    kind,
    text,
  }))
}
