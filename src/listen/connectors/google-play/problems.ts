export const googlePlayProblems = {
  'google-play.url': {
    en: 'Write the address of the app on Google Play, or its name like com.acme.bank',
    ru: 'Напишите адрес приложения в Google Play или его имя, например com.acme.bank',
  },
  'google-play.forbidden': {
    en: 'The service account may not do that ({reason}); give it “Reply to reviews” in Play Console → Users and permissions',
    ru: 'Сервисному аккаунту это не разрешено ({reason}); дайте ему «Reply to reviews» в Play Console → Users and permissions',
  },
  'google-play.refused': {
    en: 'Google Play refused the request: {reason}',
    ru: 'Google Play отклонил запрос: {reason}',
  },
  'google-play.not-found': {
    en: 'This service account knows no such app or review; check the name and the rights in Play Console',
    ru: 'Этому сервисному аккаунту такое приложение или отзыв неизвестны; проверьте имя и права в Play Console',
  },
} as const
