export const webSearchProblems = {
  'brave.query': {
    en: 'Write words to look for, up to 400 characters and 50 words',
    ru: 'Напишите слова для поиска, не больше 400 знаков и 50 слов',
  },
  'brave.country': {
    en: 'The country is two letters, like DE, or nothing for all',
    ru: 'Страна — две буквы, например DE; пусто — все страны',
  },
  'brave.key': {
    en: 'Brave does not accept the API key; copy it anew from its dashboard',
    ru: 'Brave не принимает API-ключ; скопируйте его заново из личного кабинета',
  },
  'brave.no-credit': {
    en: 'The credit or the limit at Brave is used up; raise it there. Heed tries again in six hours',
    ru: 'Деньги или лимит в Brave исчерпаны; увеличьте их там. Heed попробует снова через шесть часов',
  },
  'brave.refused': { en: 'Brave refused the question: {reason}', ru: 'Brave отклонил запрос: {reason}' },
  'yandex.query': {
    en: 'Write words to look for, up to 400 characters and 40 words',
    ru: 'Напишите слова для поиска, не больше 400 знаков и 40 слов',
  },
  'yandex.folder': {
    en: 'Paste the id of the folder in Yandex Cloud: letters and digits, like b1g…',
    ru: 'Вставьте идентификатор каталога Yandex Cloud: буквы и цифры, например b1g…',
  },
  'yandex.zone': { en: 'The search is one of {zones}, or nothing', ru: 'Поиск — один из {zones}, или пусто' },
  'yandex.key': {
    en: 'Yandex does not accept the API key or the folder; make a key of a service account with the role search-api.webSearch.user',
    ru: 'Яндекс не принимает API-ключ или каталог; создайте ключ сервисного аккаунта с ролью search-api.webSearch.user',
  },
  'yandex.no-money': {
    en: 'The account in Yandex Cloud has no money; add some there. Heed tries again in six hours',
    ru: 'На счёте Yandex Cloud нет денег; пополните его. Heed попробует снова через шесть часов',
  },
  'yandex.refused': {
    en: 'Yandex refused the question: {reason}. Change the words, or try again later',
    ru: 'Яндекс отклонил запрос: {reason}. Измените слова или попробуйте позже',
  },
  'yandex.unreadable': {
    en: 'Yandex answered with something else than results; Heed tries again',
    ru: 'Яндекс прислал не результаты поиска; Heed попробует снова',
  },
} as const
