export const redditProblems = {
  'reddit.url': {
    en: 'Write words to look for, r/name of a subreddit, or the address of a subreddit or a search',
    ru: 'Напишите слова для поиска, r/имя сабреддита или адрес сабреддита либо поиска',
  },
  'reddit.owner': {
    en: 'Write the Reddit name of whoever answers for the app; Reddit wants to know it',
    ru: 'Укажите имя на Reddit того, кто отвечает за приложение: Reddit требует его называть',
  },
  'reddit.keys': {
    en: 'Copy client id, secret and refresh token whole; docs/sources/reddit.md says how to get them',
    ru: 'Скопируйте client id, secret и refresh token целиком; как их получить, описано в docs/sources/reddit.md',
  },
  'reddit.signed-out': {
    en: 'Reddit does not accept the app or its access any more ({reason}); look at it at reddit.com/prefs/apps',
    ru: 'Reddit больше не принимает приложение или доступ ({reason}); проверьте их на reddit.com/prefs/apps',
  },
  'reddit.closed': {
    en: 'Reddit does not show this to the app ({reason}): the subreddit is private, or the app is not approved for it',
    ru: 'Reddit не показывает это приложению ({reason}): сабреддит закрыт или приложение не одобрено',
  },
  'reddit.not-found': {
    en: 'Reddit has no such subreddit, or it was banned; check the name',
    ru: 'На Reddit нет такого сабреддита, или он заблокирован; проверьте имя',
  },
  'reddit.refused': { en: 'Reddit refused the question: {reason}', ru: 'Reddit отклонил запрос: {reason}' },
  'reddit.many-since': {
    en: 'The account wrote so much since that it cannot be told whether this reply is among it',
    ru: 'С тех пор аккаунт написал так много, что не понять, есть ли среди этого этот ответ',
  },
} as const
