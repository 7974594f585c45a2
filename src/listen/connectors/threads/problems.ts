export const threadsProblems = {
  'threads.url': {
    en: 'Write @name of the account whose token it is, a #topic, or words to look for on Threads',
    ru: 'Напишите @имя аккаунта, чей это токен, #тему или слова для поиска в Threads',
  },
  'threads.token': {
    en: 'Copy the access token of Threads whole, from the use case “Access the Threads API” of your app',
    ru: 'Скопируйте токен Threads целиком, из сценария «Access the Threads API» вашего приложения',
  },
  'threads.other': {
    en: 'This is the token of @{name}; write that name, or the token of the other account. Of others Threads gives only what a search finds',
    ru: 'Это токен аккаунта @{name}; укажите это имя или токен другого аккаунта. О чужих аккаунтах Threads отдаёт только найденное поиском',
  },
} as const
