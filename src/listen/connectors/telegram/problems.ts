export const telegramProblems = {
  'telegram.channel': {
    en: 'Write the name of a public channel, like @durov or t.me/durov',
    ru: 'Напишите имя открытого канала, например @durov или t.me/durov',
  },
  'telegram.private': {
    en: 'This is an invitation to a private channel or group; only public channels can be collected here',
    ru: 'Это приглашение в закрытый канал или группу; здесь собираются только открытые каналы',
  },
  'telegram.gone': {
    en: 'Telegram has no public channel @{channel}: it was renamed, closed or deleted, or the name is mistyped',
    ru: 'В Telegram нет открытого канала @{channel}: его переименовали, закрыли или удалили, либо в имени опечатка',
  },
  'telegram.without-preview': {
    en: 'Telegram does not show @{channel} on the web: it is a group, or its posts open in the app only; Heed will look again',
    ru: 'Telegram не показывает @{channel} в вебе: это группа или её записи видны только в приложении; Heed проверит ещё раз',
  },
} as const
