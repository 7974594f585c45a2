import { readRows } from './read-rows.ts'

const codes = {
  ukr: 'uk',
  rus: 'ru',
  eng: 'en',
  deu: 'de',
  esp: 'es',
  ptbr: 'pt',
  ron: 'ro',
  swe: 'sv',
  tat: 'tt',
  chn: 'zh',
}
const emotions = ['anger', 'fear', 'joy', 'sadness', 'surprise'] as const

/** `disgust` is null where nobody was asked for it, in English. */
export type BrighterRow = { lang: string; text: string; disgust: boolean | null } & {
  [emotion in (typeof emotions)[number]]: boolean
}

/** Vitaly-Protasov/SemEval2025-Task11-competitions at 32f561b2: posts and the emotions in them, several or none. */
export function readBrighter(): BrighterRow[] {
  return Object.entries(codes).flatMap(([name, lang]) =>
    ['train', 'dev'].flatMap((part) =>
      readRows<(typeof emotions)[number] | 'disgust' | 'text'>(`brighter/${name}.${part}.tsv.gz`).map((row) => ({
        lang,
        text: row.text,
        disgust: row.disgust === undefined ? null : row.disgust === '1',
        anger: row.anger === '1',
        fear: row.fear === '1',
        joy: row.joy === '1',
        sadness: row.sadness === '1',
        surprise: row.surprise === '1',
      })),
    ),
  )
}
