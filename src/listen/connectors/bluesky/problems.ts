export const blueskyProblems = {
  'bluesky.url': {
    en: 'Write bsky.app for everything, @name.bsky.social, a #tag or words, or the wss:// address of a Jetstream server',
    ru: 'Напишите bsky.app (тогда всё), @имя.bsky.social, #метку или слова либо адрес сервера Jetstream с wss://',
  },
  'bluesky.handle': {
    en: 'Write the name of the account, like acme.bsky.social',
    ru: 'Напишите имя аккаунта, например acme.bsky.social',
  },
  'bluesky.password': {
    en: 'Write an app password (Settings → Privacy and security → App passwords), like abcd-efgh-ijkl-mnop, not the account’s own',
    ru: 'Нужен пароль приложения (Настройки → Приватность и безопасность → Пароли приложений), вида abcd-efgh-ijkl-mnop, а не пароль аккаунта',
  },
  'bluesky.signed-out': {
    en: 'Bluesky does not accept this name and app password; make a new app password and connect the account again',
    ru: 'Bluesky не принимает это имя и пароль приложения; создайте новый пароль приложения и подключите аккаунт заново',
  },
  'bluesky.closed': {
    en: 'Bluesky gives this to accounts only; add the name of an account and its app password',
    ru: 'Bluesky даёт это только аккаунтам; добавьте имя аккаунта и его пароль приложения',
  },
  'bluesky.not-found': {
    en: 'Bluesky knows no such account, or it was closed; check the name',
    ru: 'Bluesky не знает такого аккаунта, или он закрыт; проверьте имя',
  },
  'bluesky.gap': {
    en: 'The server no longer has what was posted between {from} and {to} (UTC); collecting goes on after it',
    ru: 'У сервера больше нет того, что опубликовано с {from} до {to} (UTC); сбор продолжается после этого',
  },
  'bluesky.frame': {
    en: 'The server {server} sends something that is not Jetstream; it was left out',
    ru: 'Сервер {server} присылает то, что не похоже на Jetstream; это пропущено',
  },
  'bluesky.too-slow': {
    en: 'Jetstream ended the connection because Heed reads too slowly; it goes on where it stopped. If this repeats, give Heed more threads',
    ru: 'Jetstream закрыл соединение: Heed читает слишком медленно. Чтение продолжится с того же места; если это повторяется, дайте Heed больше потоков',
  },
  'bluesky.ended': {
    en: 'Jetstream ended the connection ({reason}); Heed connects again',
    ru: 'Jetstream закрыл соединение ({reason}); Heed подключается снова',
  },
} as const
