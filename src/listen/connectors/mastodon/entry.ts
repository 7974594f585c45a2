import type { CatalogueEntry } from '../catalogue-entry.ts'
import { mastodonConnector } from './mastodon.ts'

export const mastodonEntry: CatalogueEntry = {
  connector: mastodonConnector,
  example: '#acme@mastodon.social',
  fields: [
    {
      name: 'token',
      secret: true,
      required: false,
      example: '',
      link: 'https://docs.joinmastodon.org/client/token/',
      words: {
        en: {
          label: 'Access token of an account there',
          help: 'With it statuses come the moment they are posted, with edits and deletions: on the server under Preferences → Development → New application, with the right “read”.',
        },
        ru: {
          label: 'Токен доступа аккаунта на этом сервере',
          help: 'С ним записи приходят сразу, с правками и удалениями: на сервере «Настройки → Разработчикам → Новое приложение», право read.',
        },
      },
    },
  ],
  words: {
    en: {
      name: 'Mastodon',
      brings:
        'A hashtag, everything local of a server, or one account with its boosts; also of servers that speak Mastodon’s API',
      asks: 'Timeline',
      asksHelp: '#word@server, @name@server, or the address of a server for everything local.',
    },
    ru: {
      name: 'Mastodon',
      brings:
        'Хештег, вся местная лента сервера или один участник с его репостами; также серверы с интерфейсом Mastodon',
      asks: 'Лента',
      asksHelp: '#слово@сервер, @имя@сервер или адрес сервера — тогда вся его местная лента.',
    },
  },
}
