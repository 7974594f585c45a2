import type { CatalogueEntry } from '../catalogue-entry.ts'
import { telegramConnector } from './telegram.ts'

export const telegramEntry: CatalogueEntry = {
  connector: telegramConnector,
  example: '@durov',
  words: {
    en: {
      name: 'Telegram channel',
      brings: 'Posts of a public channel with views and reactions, forwards and answers; no comments and no groups',
      asks: 'Channel',
      asksHelp: 'Its name or its link, as people share it.',
    },
    ru: {
      name: 'Канал Telegram',
      brings: 'Записи открытого канала с просмотрами и реакциями, пересылки и ответы; без комментариев и групп',
      asks: 'Канал',
      asksHelp: 'Имя канала или ссылка на него.',
    },
  },
}
