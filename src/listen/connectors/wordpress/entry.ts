import type { CatalogueEntry } from '../catalogue-entry.ts'
import { wordpressConnector } from './wordpress.ts'

export const wordpressEntry: CatalogueEntry = {
  connector: wordpressConnector,
  example: 'https://blog.acme.example',
  words: {
    en: {
      name: 'WordPress',
      brings:
        'Articles and comments of a site, with authors, threads, edits and deletions; a comment that was approved late comes too',
      asks: 'Site',
      asksHelp: 'Its address, or that of any page of it.',
    },
    ru: {
      name: 'WordPress',
      brings:
        'Статьи и комментарии сайта с авторами, ветками, правками и удалениями; приходят и комментарии, одобренные позже',
      asks: 'Сайт',
      asksHelp: 'Адрес сайта или любой его страницы.',
    },
  },
}
