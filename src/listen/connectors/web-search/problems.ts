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
} as const
