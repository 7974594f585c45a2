export const googleProblems = {
  'google.keys': {
    en: 'Copy client id, client secret and refresh token whole; docs/sources says how to get them',
    ru: 'Скопируйте client id, client secret и refresh token целиком; как их получить, описано в docs/sources',
  },
  'google.key-file': {
    en: 'Paste the whole key file of the service account (JSON, from Google Cloud → IAM → Service accounts → Keys)',
    ru: 'Вставьте файл ключа сервисного аккаунта целиком (JSON из Google Cloud → IAM → Service accounts → Keys)',
  },
  'google.signed-out': {
    en: 'Google does not accept the access any more ({reason}); agree once more and enter the new token',
    ru: 'Google больше не принимает доступ ({reason}); выдайте его ещё раз и введите новый токен',
  },
} as const
