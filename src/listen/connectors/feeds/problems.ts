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
    en: 'There is no article on this page that can be read without a browser; copy the text into a file and import it',
    ru: 'На этой странице нет статьи, которую можно прочитать без браузера; скопируйте текст в файл и загрузите его',
  },
  'feed.gone': {
    en: 'The site says that this feed no longer exists; look on the site for another one, or remove the source',
    ru: 'Сайт сообщает, что этой ленты больше нет; найдите на сайте другую или удалите источник',
  },
  'feed.page': {
    en: 'This is a web page without a feed; look for the address of a feed on the site, or add single articles as “One page”',
    ru: 'Это веб-страница, и ленты на ней нет; найдите на сайте адрес ленты или добавьте статью как «Одну страницу»',
  },
  'feed.page-with-feed': {
    en: 'This is a web page; enter the address of its feed: {feed}',
    ru: 'Это веб-страница; введите адрес её ленты: {feed}',
  },
  'feed.unreadable': {
    en: 'The feed is cut or broken ({reason}). This often passes by itself; if it stays, open the address in a browser',
    ru: 'Лента обрезана или испорчена ({reason}). Часто это проходит само; если нет, откройте адрес в браузере',
  },
  'feed.too-many-entries': {
    en: 'The feed has {found} entries; the first {limit} were read',
    ru: 'В ленте {found} записей; прочитаны первые {limit}',
  },
} as const
