export const youtubeProblems = {
  'youtube.url': {
    en: 'Write words to look for, @name of a channel, or the address of a channel or a video on YouTube',
    ru: 'Напишите слова для поиска, @имя канала или адрес канала либо видео на YouTube',
  },
  'youtube.key': {
    en: 'YouTube does not accept the API key; make one in Google Cloud → APIs & Services → Credentials and enter it',
    ru: 'YouTube не принимает API-ключ; создайте его в Google Cloud → APIs & Services → Credentials и введите здесь',
  },
  'youtube.not-enabled': {
    en: 'YouTube Data API v3 is off in the Google Cloud project of the key; switch it on in its library of APIs',
    ru: 'В проекте Google Cloud этого ключа выключен YouTube Data API v3; включите его в библиотеке API',
  },
  'youtube.forbidden': { en: 'YouTube does not allow this: {reason}', ru: 'YouTube этого не разрешает: {reason}' },
  'youtube.refused': { en: 'YouTube refused the question: {reason}', ru: 'YouTube отклонил запрос: {reason}' },
  'youtube.not-found': {
    en: 'YouTube has no such channel, video or comment, or it is private; check the address',
    ru: 'На YouTube нет такого канала, видео или комментария, либо он скрыт; проверьте адрес',
  },
  'youtube.comments-off': {
    en: 'Comments are switched off there; Heed looks again now and then',
    ru: 'Комментарии там отключены; Heed будет иногда проверять снова',
  },
  'youtube.quota': {
    en: 'The day’s quota of YouTube is used up; it goes on at {until} (UTC). Google raises the quota on request',
    ru: 'Дневная квота YouTube исчерпана; сбор продолжится в {until} (UTC). Квоту можно увеличить по заявке в Google',
  },
  'youtube.no-channel': {
    en: 'This Google account has no channel on YouTube; agree as the one that owns the channel',
    ru: 'У этого аккаунта Google нет канала на YouTube; выдайте доступ от владельца канала',
  },
  'youtube.many-answers': {
    en: 'There are so many answers that it cannot be told whether this one is among them',
    ru: 'Ответов так много, что не понять, есть ли среди них этот',
  },
} as const
