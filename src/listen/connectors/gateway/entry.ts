import type { CatalogueEntry } from '../catalogue-entry.ts'
import { gatewayConnector } from './gateway.ts'

export const gatewayEntry: CatalogueEntry = {
  connector: gatewayConnector,
  example: 'https://rss-bridge.acme.example',
  words: {
    en: {
      name: 'Gateway',
      brings:
        'What your own rss-bridge or RSSHub can read of hundreds of platforms; posts are shown under the platform they stand on',
      asks: 'Gateway or finished address',
      asksHelp: 'Write where your rss-bridge or RSSHub runs and choose below what it should read.',
    },
    ru: {
      name: 'Шлюз',
      brings:
        'То, что ваш rss-bridge или RSSHub читает на сотнях площадок; публикации показаны под той площадкой, где они стоят',
      asks: 'Шлюз или готовый адрес',
      asksHelp: 'Укажите, где работает ваш rss-bridge или RSSHub, и выберите ниже, что ему читать.',
    },
  },
}
