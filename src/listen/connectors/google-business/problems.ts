export const googleBusinessProblems = {
  'google-business.url': {
    en: 'Write the place as accounts/…/locations/…, as Google’s API names it',
    ru: 'Укажите место в виде accounts/…/locations/…, как его называет API Google',
  },
  'google-business.not-approved': {
    en: 'Google has not approved this project for the Business Profile API yet (its quota is 0); ask for access in Google Cloud',
    ru: 'Google ещё не одобрил этот проект для Business Profile API (квота 0); запросите доступ в Google Cloud',
  },
  'google-business.forbidden': {
    en: 'This person does not manage the place, or the API is off: {reason}',
    ru: 'Этот человек не управляет местом, или API выключен: {reason}',
  },
  'google-business.refused': { en: 'Google refused the request: {reason}', ru: 'Google отклонил запрос: {reason}' },
  'google-business.not-found': {
    en: 'Google knows no such place or review, or it is not shown to this person; check the address',
    ru: 'Google не знает такого места или отзыва либо не показывает их этому человеку; проверьте адрес',
  },
} as const
