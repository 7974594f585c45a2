export const metaProblems = {
  'meta.keys': {
    en: 'Copy the access token of the page whole; one of a system user does not run out',
    ru: 'Скопируйте токен доступа страницы целиком; токен системного пользователя не истекает',
  },
  'meta.app-id': {
    en: 'The app id stands in the settings of the app under Basic: digits only',
    ru: 'App id указан в настройках приложения, раздел Basic: только цифры',
  },
  'meta.app-secret': {
    en: 'The app secret stands in the settings of the app under Basic: letters a–f and digits',
    ru: 'App secret указан в настройках приложения, раздел Basic: буквы a–f и цифры',
  },
  'meta.token': {
    en: 'Meta does not accept the token any more ({reason}); make a new one in the app and enter it here',
    ru: 'Meta больше не принимает токен ({reason}); создайте новый в приложении и введите его здесь',
  },
  'meta.permission': {
    en: 'The token lacks a right that Meta asks for: {reason}',
    ru: 'Токену не хватает права, которого требует Meta: {reason}',
  },
  'meta.refused': { en: 'Meta refused the request: {reason}', ru: 'Meta отклонила запрос: {reason}' },
  'meta.not-found': {
    en: 'Meta has nothing of this name, or the token may not see it; check the address and whose token it is',
    ru: 'В Meta такого нет, или токен этого не видит; проверьте адрес и чей это токен',
  },
  'meta.many-answers': {
    en: 'There are so many comments that it cannot be told whether this one is among them',
    ru: 'Комментариев так много, что не понять, есть ли среди них этот',
  },
} as const
