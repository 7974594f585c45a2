export const okProblems = {
  'ok.group': {
    en: 'Write the address of a group, like ok.ru/group/123456789',
    ru: 'Укажите адрес группы, например ok.ru/group/123456789',
  },
  'ok.signed-out': {
    en: 'Odnoklassniki does not accept the access token or the key of the app; make a new token and enter it here',
    ru: 'Одноклассники не принимают токен доступа или ключ приложения; получите новый токен и введите его здесь',
  },
  'ok.signature': {
    en: 'The secret key of the session does not belong to this access token; copy both anew, from the same page',
    ru: 'Секретный ключ сессии не от этого токена; скопируйте их заново вместе, с одной страницы',
  },
  'ok.not-allowed': {
    en: 'Odnoklassniki does not allow this to the app: it needs the rights VALUABLE_ACCESS and GROUP_CONTENT, which are asked for by letter, and its owner must help to run the group',
    ru: 'Одноклассники не разрешают это приложению: нужны права VALUABLE_ACCESS и GROUP_CONTENT (их запрашивают письмом), а владелец токена должен быть модератором группы',
  },
  'ok.not-found': {
    en: 'Odnoklassniki has no such group; check the address',
    ru: 'Такой группы в Одноклассниках нет; проверьте адрес',
  },
  'ok.broken': {
    en: 'Something is broken at Odnoklassniki; Heed tries again by itself',
    ru: 'У Одноклассников что-то сломалось; Heed попробует снова сам',
  },
  'ok.refused': {
    en: 'Odnoklassniki refused (error {code}): {reason}',
    ru: 'Одноклассники отказали (ошибка {code}): {reason}',
  },
  'ok.comments-closed': {
    en: 'The comments of this topic cannot be read; its text is there',
    ru: 'Комментарии к этой теме не читаются; сама тема собрана',
  },
} as const
