import type { CatalogueEntry } from '../catalogue-entry.ts'
import { metaFields } from '../meta/fields.ts'
import { instagramConnector } from './instagram.ts'

export const instagramEntry: CatalogueEntry = {
  connector: instagramConnector,
  example: '@acmebank',
  fields: metaFields,
  words: {
    en: {
      name: 'Instagram',
      brings:
        'What your professional account posted, every comment, and what it is tagged in; posts of another professional account; or a hashtag of the last day (30 hashtags a week). Mentions in comments come when an app is given',
      asks: 'What to collect',
      asksHelp: '@name of an account or #hashtag. Hashtags need Instagram Public Content Access.',
    },
    ru: {
      name: 'Instagram',
      brings:
        'Публикации вашего профессионального аккаунта, все комментарии и то, где он отмечен; публикации другого профессионального аккаунта; или хештег за последние сутки (30 хештегов в неделю). Упоминания в комментариях приходят, если указать приложение',
      asks: 'Что собирать',
      asksHelp: '@имя аккаунта или #хештег. Для хештегов нужно право Instagram Public Content Access.',
    },
  },
}
