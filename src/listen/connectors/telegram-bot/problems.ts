export const telegramBotProblems = {
  'telegram-bot.name': {
    en: 'Write the name of the bot, like @acme_bot',
    ru: 'Укажите имя бота, например @acme_bot',
  },
  'telegram-bot.token': {
    en: 'Write the token of the bot, as @BotFather gave it, like 123456:ABC…',
    ru: 'Укажите токен бота, который дал @BotFather, вида 123456:ABC…',
  },
  'telegram-bot.delivery': {
    en: 'Leave this empty, or write webhook',
    ru: 'Оставьте поле пустым или напишите webhook',
  },
  'telegram-bot.signed-out': {
    en: 'Telegram does not accept the token; ask @BotFather for a new one (/token) and enter it here',
    ru: 'Telegram не принимает токен; попросите у @BotFather новый (/token) и введите его здесь',
  },
  'telegram-bot.other': {
    en: 'This is the token of @{name}; write that name, or the token of the other bot',
    ru: 'Это токен бота @{name}; укажите это имя или токен другого бота',
  },
  'telegram-bot.conflict': {
    en: 'Another program reads the messages of this bot, and Telegram gives them to one only. Stop the other one, or make a bot for Heed with @BotFather',
    ru: 'Сообщения этого бота читает другая программа, а Telegram отдаёт их только одной. Остановите её или создайте для Heed отдельного бота у @BotFather',
  },
  'telegram-bot.webhook-active': {
    en: 'Telegram sends the messages of this bot to an address, so nobody can ask for them. Take the webhook back, or make a bot for Heed with @BotFather',
    ru: 'Сообщения этого бота Telegram отправляет на чужой адрес, поэтому запросить их нельзя. Снимите вебхук или создайте для Heed отдельного бота у @BotFather',
  },
  'telegram-bot.webhook-of-others': {
    en: 'The messages of this bot go to {host}, and Telegram gives them to one program only. Switch that off there, or make a bot for Heed with @BotFather',
    ru: 'Сообщения этого бота уходят на {host}, а Telegram отдаёт их только одной программе. Отключите это там или создайте для Heed отдельного бота у @BotFather',
  },
  'telegram-bot.no-address': {
    en: 'Telegram cannot reach Heed: it has no public address. Leave “Delivery” empty, and Heed asks Telegram instead',
    ru: 'Telegram не может достучаться до Heed: у него нет открытого адреса. Оставьте «Доставку» пустой — тогда Heed будет спрашивать сам',
  },
  'telegram-bot.not-reached': {
    en: 'Telegram tried to reach Heed and could not: {reason}. It keeps the messages for a day; check that the address of Heed can be opened from outside',
    ru: 'Telegram не смог достучаться до Heed: {reason}. Сообщения он хранит сутки; проверьте, что адрес Heed открывается снаружи',
  },
  'telegram-bot.refused': { en: 'Telegram refused: {reason}', ru: 'Telegram отказал: {reason}' },
  'telegram-bot.not-allowed': {
    en: 'Telegram does not let the bot write there: {reason}. Add it to the chat with the right to write, and send the reply again',
    ru: 'Telegram не даёт боту писать там: {reason}. Добавьте бота в чат с правом писать и отправьте ответ снова',
  },
  'telegram-bot.too-old': {
    en: 'Telegram lets bots change and delete messages for 48 hours only; do it in the app',
    ru: 'Менять и удалять сообщения боты могут только 48 часов; сделайте это в приложении',
  },
  'telegram-bot.no-look-up': {
    en: 'Whether the reply arrived, Telegram tells nobody; look into the chat and say what you saw',
    ru: 'Дошёл ли ответ, Telegram не сообщает; посмотрите в чат и отметьте, что увидели',
  },
} as const
