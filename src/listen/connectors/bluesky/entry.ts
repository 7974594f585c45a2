import type { CatalogueEntry } from '../catalogue-entry.ts'
import { blueskyConnector } from './bluesky.ts'

export const blueskyEntry: CatalogueEntry = {
  connector: blueskyConnector,
  example: '@acme.bsky.social',
  fields: [
    {
      name: 'handle',
      secret: false,
      required: false,
      example: 'acme.bsky.social',
      link: null,
      words: {
        en: { label: 'Account that searches', help: 'Only for a search: Bluesky searches for accounts only.' },
        ru: { label: 'Аккаунт для поиска', help: 'Только для поиска: Bluesky ищет лишь для аккаунтов.' },
      },
    },
    {
      name: 'password',
      secret: true,
      required: false,
      example: 'abcd-efgh-ijkl-mnop',
      link: 'https://bsky.app/settings/app-passwords',
      words: {
        en: { label: 'Its app password', help: 'Not the password of the account; it can be taken back at any time.' },
        ru: { label: 'Его пароль приложения', help: 'Не пароль аккаунта; его можно отозвать в любой момент.' },
      },
    },
  ],
  words: {
    en: {
      name: 'Bluesky',
      brings:
        'Everything that is posted on the network as it is posted, with edits and deletions; or one account with its reposts, or a search',
      asks: 'What to collect',
      asksHelp:
        'bsky.app for everything, @name.bsky.social, a #tag or words, or the wss:// address of a Jetstream server.',
    },
    ru: {
      name: 'Bluesky',
      brings: 'Всё, что публикуют в сети, сразу, с правками и удалениями; или один аккаунт с его репостами, или поиск',
      asks: 'Что собирать',
      asksHelp: 'bsky.app — всё, @имя.bsky.social, #метка или слова, либо адрес сервера Jetstream с wss://.',
    },
  },
}
