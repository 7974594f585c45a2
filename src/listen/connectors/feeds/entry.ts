import type { CatalogueEntry } from '../catalogue-entry.ts'
import { feedConnector } from './feed.ts'
import { pageConnector } from './page.ts'

export const feedEntry: CatalogueEntry = {
  connector: feedConnector,
  example: 'https://',
  words: {
    en: {
      name: 'Feed',
      brings: 'RSS, Atom, RDF and JSON feeds of news sites, blogs, forums and of gateways to other platforms',
      asks: 'Address',
      asksHelp: 'Of the feed, or of the site: Heed looks for its feed.',
    },
    ru: {
      name: 'Лента',
      brings: 'RSS, Atom, RDF и JSON Feed новостных сайтов, блогов, форумов и шлюзов к другим площадкам',
      asks: 'Адрес',
      asksHelp: 'Ленты или самого сайта: ленту на нём Heed найдёт.',
    },
  },
}

export const pageEntry: CatalogueEntry = {
  connector: pageConnector,
  example: 'https://',
  words: {
    en: {
      name: 'One page',
      brings: 'The article of one page, as one mention; Heed looks once a day whether its words have changed',
      asks: 'Address',
      asksHelp: 'Paste the link to the article.',
    },
    ru: {
      name: 'Одна страница',
      brings: 'Статья одной страницы как одно упоминание; раз в день Heed смотрит, не изменился ли текст',
      asks: 'Адрес',
      asksHelp: 'Вставьте ссылку на статью.',
    },
  },
}
