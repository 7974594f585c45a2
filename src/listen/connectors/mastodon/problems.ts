export const mastodonProblems = {
  'mastodon.url': {
    en: 'Write #word@server, @name@server, or the address of a server, a hashtag or an account',
    ru: 'Напишите #слово@сервер, @имя@сервер или адрес сервера, хештега либо участника',
  },
  'mastodon.closed': {
    en: 'This server shows the timeline only to its own people; try the same hashtag on another server',
    ru: 'Этот сервер показывает ленту только своим участникам; попробуйте тот же хештег на другом сервере',
  },
  'mastodon.stream-token': {
    en: 'The server does not take this access token; make a new one (Preferences → Development → New application, with read) and enter it, or leave it out',
    ru: 'Сервер не принимает этот токен доступа; создайте новый («Настройки → Разработчикам → Новое приложение», право read) и введите его или не указывайте вовсе',
  },
  'mastodon.server': {
    en: 'Write the server of the account, like mastodon.social',
    ru: 'Укажите сервер аккаунта, например mastodon.social',
  },
  'mastodon.token': {
    en: 'Write the access token: at the server under Preferences → Development → New application, with read and write:statuses',
    ru: 'Укажите токен доступа: на сервере в «Настройки → Разработчикам → Новое приложение», права read и write:statuses',
  },
  'mastodon.no-deleting': {
    en: 'This server knows no deleting through its API; delete the status on its page',
    ru: 'Через API этот сервер ничего не удаляет; удалите запись на его странице',
  },
} as const
