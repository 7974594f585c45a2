export const feedsProblems = {
  'feed.url': {
    en: 'The address of the feed must begin with http:// or https://',
    ru: 'Адрес ленты должен начинаться с http:// или https://',
  },
  'feed.media': { en: 'The media type is one of {known}', ru: 'Тип площадки: {known}' },
  'feed.time-zone': {
    en: 'The time zone is unknown; write it like Europe/Moscow',
    ru: 'Часовой пояс неизвестен; пишите его так: Europe/Moscow',
  },
  'feed.signed-out': {
    en: 'The site asks for a sign-in (status {status}); ask for a public feed or put name and password into the address',
    ru: 'Сайт требует входа (ответ {status}); нужна открытая лента или имя и пароль в адресе',
  },
  'feed.full-text': {
    en: 'Whether to read the whole articles is yes or no',
    ru: 'Читать ли статьи целиком — да или нет',
  },
  'feed.gateway': {
    en: 'The gateway could not read the platform: {reason}',
    ru: 'Шлюз не смог прочитать площадку: {reason}',
  },
  'page.not-a-page': {
    en: 'This is no web page but {type}; paste the address of an article',
    ru: 'Это не веб-страница, а {type}; вставьте адрес статьи',
  },
  'page.no-article': {
    en: 'There is no article on this page that can be read without a browser',
    ru: 'На этой странице нет статьи, которую можно прочитать без браузера',
  },
  'feed.gone': { en: 'The site says that this feed no longer exists', ru: 'Сайт сообщает, что этой ленты больше нет' },
  'feed.page': { en: 'This is a web page without a feed', ru: 'Это веб-страница, и ленты на ней нет' },
  'feed.page-with-feed': { en: 'This is a web page; its feed is {feed}', ru: 'Это веб-страница; её лента: {feed}' },
  'feed.unreadable': { en: 'The feed cannot be read: {reason}', ru: 'Ленту не удалось прочитать: {reason}' },
  'feed.too-many-entries': {
    en: 'The feed has {found} entries; the first {limit} were read',
    ru: 'В ленте {found} записей; прочитаны первые {limit}',
  },
} as const
