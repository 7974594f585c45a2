import { readRows } from './read-rows.ts'

/** antongolubev5/Targeted-SA-for-Russian-Datasets at 3fd381e1: Russian quotations in the news and the speaker's attitude. */
export function readRomipQuotes(): { label: string; text: string }[] {
  return readRows<'label' | 'text_tok'>('romip2013-quotes/quotes.train.tsv.gz').map((row) => ({
    label: row.label,
    text: row.text_tok.replace(/^mask = /, ''),
  }))
}
