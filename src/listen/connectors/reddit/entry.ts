import type { CatalogueEntry } from '../catalogue-entry.ts'
import { redditConnector } from './reddit.ts'

export const redditEntry: CatalogueEntry = {
  connector: redditConnector,
  example: 'r/personalfinance',
  fields: [
    {
      name: 'clientId',
      secret: true,
      required: true,
      example: 'Ab3dEf…',
      link: 'https://www.reddit.com/prefs/apps',
      words: {
        en: { label: 'Client id', help: 'Of an app that Reddit has approved; it stands under the name of the app.' },
        ru: { label: 'Client id', help: 'Приложения, одобренного Reddit; указан под его названием.' },
      },
    },
    {
      name: 'clientSecret',
      secret: true,
      required: true,
      example: '',
      link: null,
      words: {
        en: { label: 'Client secret', help: 'Of the same app.' },
        ru: { label: 'Client secret', help: 'Того же приложения.' },
      },
    },
    {
      name: 'owner',
      secret: false,
      required: true,
      example: 'acme_support',
      link: null,
      words: {
        en: { label: 'Who answers for the app', help: 'A name on Reddit; every request must tell it.' },
        ru: { label: 'Кто отвечает за приложение', help: 'Имя на Reddit; его нужно называть в каждом запросе.' },
      },
    },
  ],
  words: {
    en: {
      name: 'Reddit',
      brings:
        'Posts by words, or all posts and comments of a subreddit, with scores and numbers of comments; what is deleted there leaves here. Reddit must approve the app first, and business use is a contract',
      asks: 'What to collect',
      asksHelp: 'Words, r/name, or the address of a subreddit or a search. Words find posts, not comments.',
    },
    ru: {
      name: 'Reddit',
      brings:
        'Публикации по словам или все публикации и комментарии сабреддита, с баллами и числом комментариев; удалённое там исчезает и здесь. Приложение должен сначала одобрить Reddit, а для бизнеса нужен договор',
      asks: 'Что собирать',
      asksHelp: 'Слова, r/имя или адрес сабреддита либо поиска. По словам находятся публикации, но не комментарии.',
    },
  },
}
