import type { CatalogueEntry } from '../catalogue-entry.ts'
import { hackerNewsConnector } from './hackernews.ts'

export const hackerNewsEntry: CatalogueEntry = {
  connector: hackerNewsConnector,
  example: 'acme bank',
  words: {
    en: {
      name: 'Hacker News',
      brings:
        'Stories and comments that have the words, of one account or of one discussion, with points and numbers of comments',
      asks: 'Words',
      asksHelp: 'In “quotes” as a phrase, -without a word; or the address of a search, an account or a discussion.',
    },
    ru: {
      name: 'Hacker News',
      brings:
        'Публикации и комментарии с нужными словами, одного участника или одного обсуждения, с баллами и числом комментариев',
      asks: 'Слова',
      asksHelp: 'В кавычках — точная фраза, -минус исключает слово; или адрес поиска, участника либо обсуждения.',
    },
  },
}
