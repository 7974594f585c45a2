import type { CatalogueEntry } from '../catalogue-entry.ts'
import { okConnector } from './ok.ts'

export const okEntry: CatalogueEntry = {
  connector: okConnector,
  example: 'ok.ru/group/53696123456789',
  fields: [
    {
      name: 'key',
      secret: true,
      required: true,
      example: '',
      link: 'https://apiok.ru/dev/app/create',
      words: {
        en: {
          label: 'Public key of the app',
          help: 'Register an app at ok.ru and ask api-support@ok.ru for the rights VALUABLE_ACCESS and GROUP_CONTENT; that takes days.',
        },
        ru: {
          label: 'Публичный ключ приложения',
          help: 'Зарегистрируйте приложение на ok.ru и запросите у api-support@ok.ru права VALUABLE_ACCESS и GROUP_CONTENT; ответа ждут несколько дней.',
        },
      },
    },
    {
      name: 'token',
      secret: true,
      required: true,
      example: '',
      link: null,
      words: {
        en: {
          label: 'Eternal access token',
          help: 'On the page of the app, “Get a new one”; of somebody who helps to run the group.',
        },
        ru: {
          label: 'Вечный access_token',
          help: 'На странице приложения, «Получить новый»; от имени модератора группы.',
        },
      },
    },
    {
      name: 'sessionSecret',
      secret: true,
      required: true,
      example: '',
      link: null,
      words: {
        en: { label: 'Secret key of the session', help: 'Shown together with the token, called session_secret_key.' },
        ru: { label: 'Секретный ключ сессии', help: 'Показан вместе с токеном, называется session_secret_key.' },
      },
    },
  ],
  words: {
    en: {
      name: 'Odnoklassniki',
      brings:
        'The topics of a group with all comments below them, with likes and authors; the platform has no search for words',
      asks: 'Group',
      asksHelp: 'Its address.',
    },
    ru: {
      name: 'Одноклассники',
      brings: 'Темы группы со всеми комментариями, с «классами» и авторами; поиска по словам у площадки нет',
      asks: 'Группа',
      asksHelp: 'Адрес группы.',
    },
  },
}
