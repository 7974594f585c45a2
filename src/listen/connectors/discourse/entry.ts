import type { CatalogueEntry } from '../catalogue-entry.ts'
import { discourseConnector } from './discourse.ts'

export const discourseEntry: CatalogueEntry = {
  connector: discourseConnector,
  example: 'https://meta.discourse.org',
  words: {
    en: {
      name: 'Discourse forum',
      brings: 'Every public topic and answer of a forum that runs Discourse, in whole, with likes and reads',
      asks: 'Forum',
      asksHelp: 'Its address, or that of any page of it.',
    },
    ru: {
      name: 'Форум на Discourse',
      brings: 'Все открытые темы и ответы форума на Discourse целиком, с отметками «нравится» и числом прочтений',
      asks: 'Форум',
      asksHelp: 'Адрес форума или любой его страницы.',
    },
  },
}
