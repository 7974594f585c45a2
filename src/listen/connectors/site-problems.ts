export const siteProblems = {
  'site.status': { en: 'The site answered with status {status}', ru: 'Сайт ответил кодом {status}' },
  'site.not-found': {
    en: 'The site has nothing at this address; check it',
    ru: 'По этому адресу на сайте ничего нет; проверьте его',
  },
  'site.empty': { en: 'The site answered with an empty page', ru: 'Сайт ответил пустой страницей' },
  'site.too-large': { en: 'The answer is larger than {limit} MB', ru: 'Ответ больше {limit} МБ' },
  'site.url': {
    en: 'The address must begin with http:// or https://',
    ru: 'Адрес должен начинаться с http:// или https://',
  },
  'site.unreadable': { en: 'The answer cannot be read: {reason}', ru: 'Ответ не удалось прочитать: {reason}' },
  'site.page': {
    en: 'The site answered with a web page instead of data; perhaps it is being repaired, or asks whether we are human',
    ru: 'Вместо данных сайт показал веб-страницу: возможно, он на ремонте или проверяет, что мы люди',
  },
  'site.unexpected': {
    en: 'The answer has another form than the platform documents: {what}',
    ru: 'Ответ устроен иначе, чем описывает площадка: {what}',
  },
  'site.closed': {
    en: 'The site does not show this without a sign-in (status {status}); only what is public can be collected here',
    ru: 'Без входа сайт этого не показывает (ответ {status}); здесь собирается только открытое',
  },
  'site.timed-out': { en: 'The site did not answer within {seconds} s', ru: 'Сайт не ответил за {seconds} с' },
  'site.unreachable': { en: 'The site cannot be reached: {reason}', ru: 'Сайт недоступен: {reason}' },
  'site.private': {
    en: 'The address leads into a private network; whoever runs Heed must allow this',
    ru: 'Адрес ведёт во внутреннюю сеть; это должен разрешить администратор Heed',
  },
  'site.redirects': { en: 'The site redirects in a circle', ru: 'Сайт перенаправляет по кругу' },
  'site.stopped': { en: 'The reading was stopped', ru: 'Чтение остановлено' },
  'site.gone': {
    en: 'The platform says that this is gone for good',
    ru: 'Площадка сообщает, что этого больше нет и не будет',
  },
  'site.any-page': {
    en: 'Write the address of the site, or of any page of it',
    ru: 'Напишите адрес сайта или любой его страницы',
  },
  'site.secretly': {
    en: 'Write the address of the site with https://: a password is not sent in the open',
    ru: 'Укажите адрес сайта с https://: пароль в открытом виде не передаётся',
  },
  'entry.unreadable': {
    en: 'The item has another form than the platform documents (“{field}”); it was left out',
    ru: 'Запись устроена иначе, чем описывает площадка («{field}»); она пропущена',
  },
  'entry.empty': { en: 'The entry has neither text nor title', ru: 'В записи нет ни текста, ни заголовка' },
  'entry.date': {
    en: 'The date “{value}” cannot be read or cannot be true; the entry goes in without a date',
    ru: 'Дата «{value}» не читается или невозможна; запись загружена без даты',
  },
} as const
