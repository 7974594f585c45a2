import type { CatalogueEntry } from '../catalogue-entry.ts'
import { googlePlayConnector } from './google-play.ts'

export const googlePlayEntry: CatalogueEntry = {
  connector: googlePlayConnector,
  example: 'com.acme.bank',
  fields: [
    {
      name: 'keyFile',
      secret: true,
      required: true,
      example: '{"type":"service_account",…}',
      link: 'https://developers.google.com/android-publisher/getting_started',
      words: {
        en: {
          label: 'Key file of a service account',
          help: 'The whole JSON. Invite the account in Play Console with “View app information” and “Reply to reviews”.',
        },
        ru: {
          label: 'Файл ключа сервисного аккаунта',
          help: 'JSON целиком. Пригласите этот аккаунт в Play Console с правами «View app information» и «Reply to reviews».',
        },
      },
    },
  ],
  words: {
    en: {
      name: 'Google Play reviews',
      brings:
        'Reviews with words of an app of yours, new ones and changed ones, with stars; they can be answered. Google gives the last week only',
      asks: 'App',
      asksHelp: 'Its address on Google Play, or its name.',
    },
    ru: {
      name: 'Отзывы Google Play',
      brings:
        'Отзывы с текстом о вашем приложении, новые и изменённые, с оценками; на них можно отвечать. Google отдаёт только последнюю неделю',
      asks: 'Приложение',
      asksHelp: 'Его адрес в Google Play или имя.',
    },
  },
}
