import type { CatalogueEntry } from '../catalogue-entry.ts'
import { threadsConnector } from './threads.ts'

export const threadsEntry: CatalogueEntry = {
  connector: threadsConnector,
  example: '@acmebank',
  fields: [
    {
      name: 'token',
      secret: true,
      required: true,
      example: 'THAA…',
      link: 'https://developers.facebook.com/documentation/threads/get-started',
      words: {
        en: {
          label: 'Access token',
          help: 'Of your account, made in the app under “Access the Threads API” → User Token Generator; it lives for 60 days, and Heed renews it by itself. Rights: threads_basic, threads_read_replies, threads_manage_mentions; for a search threads_keyword_search, which Meta reviews.',
        },
        ru: {
          label: 'Токен доступа',
          help: 'Вашего аккаунта; создаётся в приложении: «Access the Threads API» → User Token Generator. Он живёт 60 дней, и Heed сам его продлевает. Права: threads_basic, threads_read_replies, threads_manage_mentions; для поиска threads_keyword_search — его проверяет Meta.',
        },
      },
    },
  ],
  words: {
    en: {
      name: 'Threads',
      brings:
        'What your account says with every answer, and what names it; or public posts with the words or a topic tag. Threads tells no counts of others’ posts',
      asks: 'What to collect',
      asksHelp: '@name of your account, a #topic, or words. Up to 2,200 searches a day.',
    },
    ru: {
      name: 'Threads',
      brings:
        'Публикации вашего аккаунта со всеми ответами и упоминания о нём; или открытые публикации с нужными словами либо темой. Лайки и просмотры чужих публикаций Threads не сообщает',
      asks: 'Что собирать',
      asksHelp: '@имя вашего аккаунта, #тема или слова. До 2200 поисков в день.',
    },
  },
}
