import type { CatalogueField } from '../catalogue-entry.ts'

/** What Meta's platforms ask for: a token, and of whoever wants to be pushed to, an app. */
export const metaFields: CatalogueField[] = [
  {
    name: 'token',
    secret: true,
    required: true,
    example: 'EAAB…',
    link: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens',
    words: {
      en: {
        label: 'Access token of the page',
        help: 'With pages_read_engagement, pages_read_user_content and, for Instagram, instagram_basic and instagram_manage_comments. One of a system user does not run out.',
      },
      ru: {
        label: 'Токен доступа страницы',
        help: 'С правами pages_read_engagement, pages_read_user_content, а для Instagram ещё instagram_basic и instagram_manage_comments. Токен системного пользователя не истекает.',
      },
    },
  },
  {
    name: 'appId',
    secret: true,
    required: false,
    example: '1234567890',
    link: 'https://developers.facebook.com/apps',
    words: {
      en: { label: 'App id', help: 'With its secret, Meta tells of changes at once.' },
      ru: { label: 'App id', help: 'Вместе с app secret: тогда Meta сообщает об изменениях сразу.' },
    },
  },
  {
    name: 'appSecret',
    secret: true,
    required: false,
    example: '',
    link: 'https://developers.facebook.com/apps',
    words: {
      en: { label: 'App secret', help: 'Of the same app, under Settings → Basic.' },
      ru: { label: 'App secret', help: 'Того же приложения, раздел Settings → Basic.' },
    },
  },
]
