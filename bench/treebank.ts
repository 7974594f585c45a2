import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { dropAccents, lower, tidy } from '../src/base/text/fold.ts'

/** One word of an annotated text, folded like a token of ours. A contraction has the lemmas of its parts (dell'offerta). */
export type AnnotatedWord = { form: string; lemmas: string[]; isContent: boolean }

export type Treebank = { name: string; part: 'train' | 'dev' | 'test'; words: AnnotatedWord[] }

/** Treebanks of a language in the folder (`UD_Russian-Taiga/ru_taiga-ud-test.conllu` …), by name; files without a word are left out. */
export function readTreebanks(folder: string, language: string): Treebank[] {
  const found: Treebank[] = []
  for (const bank of readdirSync(folder).sort()) {
    if (!bank.startsWith('UD_')) continue
    for (const file of readdirSync(join(folder, bank)).sort()) {
      const part = /-(train|dev|test)[^/]*\.conllu$/.exec(file)?.[1] as Treebank['part'] | undefined
      if (!part || !file.startsWith(`${language}_`)) continue
      const words = parse(readFileSync(join(folder, bank, file), 'utf8'))
      if (words.length > 0) found.push({ name: bank.slice('UD_'.length), part, words })
    }
  }
  return found
}

const isWord = /^[\p{L}'-]+$/u
const contentTags = ['NOUN', 'PROPN', 'ADJ', 'VERB', 'ADV']

// CoNLL-U: ten columns; `3-4` is a contraction of the words 3 and 4, `5.1` a word that was left out.
function parse(text: string): AnnotatedWord[] {
  const words: AnnotatedWord[] = []
  let contraction: AnnotatedWord | null = null
  let last = 0
  for (const line of text.split('\n')) {
    if (line === '') last = 0
    const [id = '', written = '', lemma = '', tag = ''] = line.split('\t')
    if (!/^\d/.test(id) || id.includes('.')) continue
    const isContent = contentTags.includes(tag)
    const range = /^\d+-(\d+)$/.exec(id)
    if (range) {
      last = Number(range[1])
      contraction = { form: fold(written), lemmas: [], isContent: false }
      if (isWord.test(contraction.form)) words.push(contraction)
    } else if (contraction && Number(id) <= last) {
      if (isContent) contraction.lemmas.push(fold(lemma))
      contraction.isContent ||= isContent
    } else if (isWord.test(fold(written)) && tag !== 'PUNCT' && tag !== 'SYM' && lemma !== '_') {
      words.push({ form: fold(written), lemmas: [fold(lemma)], isContent })
    }
  }
  return words
}

function fold(written: string): string {
  return dropAccents(lower(tidy(written)))
}
