import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readConfig } from '../../src/config.ts'
import { readRows } from './read-rows.ts'

/** yangheng95/ABSADatasets at 676bcd3d: to measure with only. A text, where its aspect begins, and what it says of it. */
export type AspectRow = { text: string; at: number; polarity: string }

export function readAspectTerms(set: 'mams.val' | 'mams.train' | 'television.train' | 'tshirt.train'): AspectRow[] {
  return readRows<'polarity' | 'text' | 'masked'>(`absa/${set}.tsv.gz`)
    .map(({ polarity, text, masked }) => ({ text, at: masked.indexOf('$T$'), polarity }))
    .filter(({ at }) => at >= 0)
}

/** Sentences about laptops with `ENTITY#ATTRIBUTE` and polarity of each opinion. */
export function readLaptopSentences(): { text: string; labels: { category: string; polarity: string }[] }[] {
  const folder = join(readConfig(process.env).labelledData, 'absa')
  return ['train', 'val'].flatMap((part) =>
    gunzipSync(readFileSync(join(folder, `laptop_acos.${part}.jsonl.gz`)))
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; labels: { category: string; polarity: string }[] }),
  )
}
