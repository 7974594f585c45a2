import type { CatalogueEntry } from '../catalogue-entry.ts'
import { gdeltConnector } from './gdelt.ts'

export const gdeltEntry: CatalogueEntry = {
  connector: gdeltConnector,
  example: '"acme bank" sourcelang:english',
  words: {
    en: {
      name: 'GDELT news',
      brings:
        'Addresses and titles of news from all over the world that have the words, in 65 languages; no texts, so topics see the title only',
      asks: 'Words',
      asksHelp: 'In "quotes" as a phrase; sourcelang: and sourcecountry: narrow it.',
    },
    ru: {
      name: 'Новости GDELT',
      brings:
        'Адреса и заголовки новостей со всего мира с нужными словами, на 65 языках; без текстов, поэтому темы видят только заголовок',
      asks: 'Слова',
      asksHelp: 'В кавычках — точная фраза; sourcelang: и sourcecountry: сужают поиск.',
    },
  },
}
