import type { CatalogueEntry } from '../catalogue-entry.ts'
import { youtubeConnector } from './youtube.ts'

export const youtubeEntry: CatalogueEntry = {
  connector: youtubeConnector,
  example: '@acmebank',
  fields: [
    {
      name: 'key',
      secret: true,
      required: true,
      example: 'AIza…',
      link: 'https://console.cloud.google.com/apis/credentials',
      words: {
        en: {
          label: 'API key',
          help: 'Of a project in Google Cloud with YouTube Data API v3 switched on. Free: 100 searches and 10,000 other requests a day.',
        },
        ru: {
          label: 'API-ключ',
          help: 'Проекта в Google Cloud, где включён YouTube Data API v3. Бесплатно: 100 поисков и 10 000 других запросов в день.',
        },
      },
    },
  ],
  words: {
    en: {
      name: 'YouTube',
      brings:
        'Videos by words; or a channel with its videos and every comment under them; or the comments of one video; with views, likes, edits and deletions',
      asks: 'What to collect',
      asksHelp: 'Words, @name of a channel, or the address of a channel or a video.',
    },
    ru: {
      name: 'YouTube',
      brings:
        'Видео по словам; или канал с его видео и всеми комментариями под ними; или комментарии одного видео; с просмотрами, лайками, правками и удалениями',
      asks: 'Что собирать',
      asksHelp: 'Слова, @имя канала или адрес канала либо видео.',
    },
  },
}
