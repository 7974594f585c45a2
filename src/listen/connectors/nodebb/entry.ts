import type { CatalogueEntry } from '../catalogue-entry.ts'
import { nodebbConnector } from './nodebb.ts'

export const nodebbEntry: CatalogueEntry = {
  connector: nodebbConnector,
  example: 'https://community.nodebb.org',
  words: {
    en: {
      name: 'NodeBB forum',
      brings: 'Every public topic and answer of a forum that runs NodeBB, with votes, edits and deletions',
      asks: 'Forum',
      asksHelp: 'Its address.',
    },
    ru: {
      name: 'Форум на NodeBB',
      brings: 'Все открытые темы и ответы форума на NodeBB, с голосами, правками и удалениями',
      asks: 'Форум',
      asksHelp: 'Адрес форума.',
    },
  },
}
