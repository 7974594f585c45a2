import { readRows } from './read-rows.ts'

const codes = {
  arabic: 'ar',
  english: 'en',
  french: 'fr',
  german: 'de',
  hindi: 'hi',
  italian: 'it',
  portuguese: 'pt',
  spanish: 'es',
}

/** cardiffnlp/xlm-t at 874214d6: tweets in eight languages, as many of each label. */
export function readUmsab(): { lang: string; label: string; text: string }[] {
  return Object.entries(codes).flatMap(([name, lang]) =>
    ['train', 'val'].flatMap((part) =>
      readRows<'label' | 'text'>(`umsab/${name}.${part}.tsv.gz`).map((row) => ({ ...row, lang })),
    ),
  )
}
