import type { CatalogueEntry } from '../catalogue-entry.ts'
import { googleBusinessConnector } from './google-business.ts'

export const googleBusinessEntry: CatalogueEntry = {
  connector: googleBusinessConnector,
  example: 'accounts/123/locations/456',
  fields: [
    {
      name: 'clientId',
      secret: true,
      required: true,
      example: '',
      link: 'https://developers.google.com/my-business/content/prereqs',
      words: {
        en: {
          label: 'OAuth client id',
          help: 'Of a project in Google Cloud that Google has approved for Business Profile.',
        },
        ru: {
          label: 'OAuth client id',
          help: 'Проекта в Google Cloud, который Google одобрил для Business Profile.',
        },
      },
    },
    {
      name: 'clientSecret',
      secret: true,
      required: true,
      example: '',
      link: null,
      words: {
        en: { label: 'Client secret', help: 'Of the same client.' },
        ru: { label: 'Client secret', help: 'Того же клиента.' },
      },
    },
    {
      name: 'refreshToken',
      secret: true,
      required: true,
      example: '',
      link: null,
      words: {
        en: { label: 'Refresh token', help: 'Of somebody who manages the place, with the right business.manage.' },
        ru: { label: 'Refresh token', help: 'Того, кто управляет местом, с правом business.manage.' },
      },
    },
  ],
  words: {
    en: {
      name: 'Google Maps reviews',
      brings:
        'Every review with words of a place of yours, new ones and changed ones, with stars; they can be answered. Google must approve the project first',
      asks: 'Place',
      asksHelp: 'accounts/…/locations/…, as Google’s API names it.',
    },
    ru: {
      name: 'Отзывы Google Карт',
      brings:
        'Все отзывы с текстом о вашем месте, новые и изменённые, с оценками; на них можно отвечать. Сначала Google должен одобрить проект',
      asks: 'Место',
      asksHelp: 'accounts/…/locations/…, как его называет API Google.',
    },
  },
}
