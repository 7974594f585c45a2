import type { CatalogueEntry } from '../catalogue-entry.ts'
import { webhookConnector } from './webhook.ts'

export const webhookEntry: CatalogueEntry = {
  connector: webhookConnector,
  example: 'hotline',
  words: {
    en: {
      name: 'Webhook in',
      brings:
        'Whatever a program of yours posts: calls of a hotline, forms, reviews of a shop. Signed as Standard Webhooks, each item once',
      asks: 'Name of the system',
      asksHelp: 'As your team calls it. Its address, its secret and a line to try it are shown when it is saved.',
    },
    ru: {
      name: 'Входящий вебхук',
      brings:
        'Всё, что присылает ваша программа: звонки на горячую линию, анкеты, отзывы магазина. Подпись Standard Webhooks, каждая запись — один раз',
      asks: 'Название системы',
      asksHelp: 'Как её называют у вас. Адрес, секрет и строку для пробы Heed покажет после сохранения.',
    },
  },
}
