import type { CatalogueEntry } from '../catalogue-entry.ts'
import { metaFields } from '../meta/fields.ts'
import { facebookConnector } from './facebook.ts'

export const facebookEntry: CatalogueEntry = {
  connector: facebookConnector,
  example: 'facebook.com/acmebank',
  fields: metaFields,
  words: {
    en: {
      name: 'Facebook page',
      brings:
        'Posts of a page of yours, posts that name it, and every comment, with reactions and shares; edits and deletions as they happen when an app is given. Facebook has no search by words',
      asks: 'Page',
      asksHelp: 'Its name or address. Pages of others need Page Public Content Access.',
    },
    ru: {
      name: 'Страница Facebook',
      brings:
        'Записи вашей страницы, записи с её упоминанием и все комментарии, с реакциями и репостами; если указать приложение, правки и удаления приходят сразу. Поиска по словам в Facebook нет',
      asks: 'Страница',
      asksHelp: 'Имя или адрес. Для чужих страниц нужно право Page Public Content Access.',
    },
  },
}
