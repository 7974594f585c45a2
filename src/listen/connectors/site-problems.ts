export const siteProblems = {
  'site.status': {
    en: 'The site answered with status {status}. This often passes by itself; if it stays, open the address in a browser',
    ru: 'Сайт ответил кодом {status}. Часто это проходит само; если нет, откройте адрес в браузере',
  },
  'site.not-found': {
    en: 'The site has nothing at this address; check it',
    ru: 'По этому адресу на сайте ничего нет; проверьте его',
  },
  'site.empty': {
    en: 'The site answered with nothing. This often passes by itself; if it stays, check the address',
    ru: 'Сайт прислал пустой ответ. Часто это проходит само; если нет, проверьте адрес',
  },
  'site.too-large': {
    en: 'The answer is larger than {limit} MB and was not read; check whether the address leads to what you meant',
    ru: 'Ответ больше {limit} МБ и не прочитан; проверьте, туда ли ведёт адрес',
  },
  'site.url': {
    en: 'The address must begin with http:// or https://',
    ru: 'Адрес должен начинаться с http:// или https://',
  },
  'site.unreadable': {
    en: 'The answer is cut or broken ({reason}). This often passes by itself; if it stays, check the address',
    ru: 'Ответ обрезан или испорчен ({reason}). Часто это проходит само; если нет, проверьте адрес',
  },
  'site.page': {
    en: 'The site answered with a web page instead of data: perhaps it is being repaired, or asks whether we are human. Open the address in a browser to see',
    ru: 'Вместо данных сайт показал веб-страницу: возможно, он на ремонте или проверяет, что мы люди. Откройте адрес в браузере и посмотрите',
  },
  'site.unexpected': {
    en: 'The answer has another form than the platform documents: {what}. If this stays, the platform has changed and Heed needs an update',
    ru: 'Ответ устроен иначе, чем описывает площадка: {what}. Если так и останется, площадка изменилась и Heed нужно обновить',
  },
  'site.closed': {
    en: 'The site does not show this without a sign-in (status {status}); only what is public can be collected here',
    ru: 'Без входа сайт этого не показывает (ответ {status}); здесь собирается только открытое',
  },
  'site.timed-out': {
    en: 'The site did not answer within {seconds} s. This often passes by itself; if it stays, open the address in a browser',
    ru: 'Сайт не ответил за {seconds} с. Часто это проходит само; если нет, откройте адрес в браузере',
  },
  'site.unreachable': {
    en: 'The site cannot be reached: {reason}. Check the address; if it is right, this passes when the site is back',
    ru: 'Сайт недоступен: {reason}. Проверьте адрес; если он верный, всё заработает, когда сайт вернётся',
  },
  'site.private': {
    en: 'The address leads into a private network; whoever runs Heed must allow this',
    ru: 'Адрес ведёт во внутреннюю сеть; это должен разрешить администратор Heed',
  },
  'site.redirects': {
    en: 'The site redirects in a circle; open it in a browser and enter the address where it ends',
    ru: 'Сайт перенаправляет по кругу; откройте его в браузере и введите адрес, на котором он остановится',
  },
  'site.stopped': {
    en: 'The reading was stopped; it goes on at the next check',
    ru: 'Чтение остановлено; оно продолжится при следующей проверке',
  },
  'site.gone': {
    en: 'The platform says that this is gone for good; enter its new address, or remove the source',
    ru: 'Площадка сообщает, что этого больше нет и не будет; введите новый адрес или удалите источник',
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
