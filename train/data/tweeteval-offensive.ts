import { readRows } from './read-rows.ts'

/** cardiffnlp/tweeteval at 4fbd22cd, the task "offensive" (OLID): English tweets that insult, threaten or swear, or do not. */
export function readOffensive(): { text: string; isOffensive: boolean }[] {
  return ['train', 'val'].flatMap((part) =>
    readRows<'label' | 'text'>(`tweeteval/offensive.${part}.tsv.gz`).map(({ label, text }) => ({
      text,
      isOffensive: label === 'offensive',
    })),
  )
}
