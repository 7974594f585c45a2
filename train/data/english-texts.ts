import { lettersOf } from './letters.ts'
import { readRows } from './read-rows.ts'

/** Sets with English texts of which only the texts are read, never a label; none has the complaints that are measured on. */
const files = [
  'semeval2017-task4/A.train.tsv.gz',
  'umsab/english.train.tsv.gz',
  'brighter/eng.train.tsv.gz',
  'banking77/banking77.train.tsv.gz',
  'crisislex/t6.tsv.gz',
  'crisislex/t26.labeled.tsv.gz',
]

/** English texts of many kinds, each once, without those given; letters alone decide which are equal. */
export function readEnglishTexts(without: readonly string[]): string[] {
  const seen = new Set(without.map((text) => lettersOf(text).trim()))
  return files
    .flatMap((file) => readRows<'text'>(file).map(({ text }) => text))
    .filter((text) => {
      const letters = lettersOf(text).trim()
      return !seen.has(letters) && seen.add(letters)
    })
}
