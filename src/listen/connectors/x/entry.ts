import type { CatalogueEntry } from '../catalogue-entry.ts'
import { xConnector } from './x.ts'

export const xEntry: CatalogueEntry = {
  connector: xConnector,
  example: '"acme bank" -is:retweet',
  fields: [
    {
      name: 'token',
      secret: true,
      required: true,
      example: 'AAAAAAAA…',
      link: 'https://console.x.com',
      words: {
        en: {
          label: 'Bearer token',
          help: 'Of an app at console.x.com, under “Keys and tokens”; the account there needs credits.',
        },
        ru: {
          label: 'Bearer-токен',
          help: 'Приложения на console.x.com, раздел «Keys and tokens»; на счёте там должны быть деньги.',
        },
      },
    },
  ],
  words: {
    en: {
      name: 'X (Twitter)',
      brings:
        'Posts with the words, replies and quotes, with authors, followers, likes, reposts and views. About 1.5 US cents a post, never more than the budget of the project',
      asks: 'What to collect',
      asksHelp:
        'Words with the operators of X; “topics” for what your topics ask for, as it is posted; or “stream: words”.',
    },
    ru: {
      name: 'X (Twitter)',
      brings:
        'Посты с нужными словами, ответы и цитаты, с авторами, подписчиками, лайками, репостами и просмотрами. Около 1,5 цента США за пост и не больше бюджета проекта',
      asks: 'Что собирать',
      asksHelp:
        'Слова и операторы X; «topics» — то, что ищут ваши темы, сразу по мере публикации; или «stream: слова».',
    },
  },
}
