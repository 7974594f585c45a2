export const appStoreProblems = {
  'app-store.url': {
    en: 'Write the address of the app in the App Store, like apps.apple.com/app/id1234567890',
    ru: 'Напишите адрес приложения в App Store, например apps.apple.com/app/id1234567890',
  },
  'app-store.issuer': {
    en: 'Copy the Issuer ID from App Store Connect → Users and Access → Integrations',
    ru: 'Скопируйте Issuer ID из App Store Connect → Users and Access → Integrations',
  },
  'app-store.key-id': {
    en: 'Copy the Key ID that stands beside the key, ten letters and digits',
    ru: 'Скопируйте Key ID рядом с ключом: десять букв и цифр',
  },
  'app-store.private-key': {
    en: 'Paste the whole file AuthKey_….p8, with the lines BEGIN and END',
    ru: 'Вставьте файл AuthKey_….p8 целиком, со строками BEGIN и END',
  },
  'app-store.signed-out': {
    en: 'Apple does not accept the key; make a new one in App Store Connect and enter it here',
    ru: 'Apple не принимает ключ; создайте новый в App Store Connect и введите его здесь',
  },
  'app-store.forbidden': {
    en: 'The key may not do that ({reason}); it needs the role Customer Support or higher',
    ru: 'Этому ключу такое не разрешено ({reason}); нужна роль Customer Support или выше',
  },
  'app-store.refused': { en: 'Apple refused the request: {reason}', ru: 'Apple отклонила запрос: {reason}' },
  'app-store.not-found': {
    en: 'This key knows no such app or review; check the address and whose key it is',
    ru: 'Этому ключу такое приложение или отзыв неизвестны; проверьте адрес и чей это ключ',
  },
} as const
