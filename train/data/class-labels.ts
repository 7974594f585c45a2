import { readHandLabels } from './hand-labels.ts'

/** What a person said of a post: whether it is spam, a complaint, or toxic. */
export type ClassLabelled = {
  set: string
  lang: string
  text: string
  /** At random, or looked for by words or by a label of the set. */
  drawn: 'random' | 'sought'
  answers: { [question: string]: boolean }
}

/** The posts of a language about which somebody could tell; labelled for docs/models/spam.md, complaint.md and toxicity.md. */
export function readClassLabels(question: 'spam' | 'complaint' | 'toxic', lang: 'ru' | 'en'): ClassLabelled[] {
  return readHandLabels('classes.tsv')
    .filter(({ label }) => label[question] !== '-' && label['lang'] === lang)
    .map(({ label, row }) => ({
      set: label['set']!,
      lang,
      text: row['text']!,
      drawn: label['drawn'] as ClassLabelled['drawn'],
      answers: { [question]: label[question] === 'yes' },
    }))
}

/** How a labelled post came to be among them, for figures. */
export function drawnFrom({ example }: { example: object }): string {
  const { drawn, set } = example as ClassLabelled
  return `${set.split('/')[0]}, ${drawn}`
}
