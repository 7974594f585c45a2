import type { CatalogueEntry } from '../catalogue-entry.ts'
import { telegramBotConnector } from './telegram-bot.ts'

export const telegramBotEntry: CatalogueEntry = {
  connector: telegramBotConnector,
  example: '@acme_bot',
  fields: [
    {
      name: 'token',
      secret: true,
      required: true,
      example: '123456:ABC…',
      link: 'https://t.me/BotFather',
      words: {
        en: {
          label: 'Token of the bot',
          help: 'Write /newbot to @BotFather in Telegram and copy the token. Then make the bot an administrator of your channel or group: so it sees everything that is written.',
        },
        ru: {
          label: 'Токен бота',
          help: 'Напишите @BotFather в Telegram команду /newbot и скопируйте токен. Затем сделайте бота администратором канала или группы: так он видит всё, что пишут.',
        },
      },
    },
    {
      name: 'delivery',
      secret: false,
      required: false,
      example: '',
      link: null,
      words: {
        en: {
          label: 'Delivery',
          help: 'Usually empty: Heed asks Telegram by itself. Write webhook if Telegram should call Heed, whose address must be open to the internet.',
        },
        ru: {
          label: 'Доставка',
          help: 'Обычно пусто: Heed сам спрашивает Telegram. Впишите webhook, если Telegram должен обращаться к Heed: его адрес тогда открыт из интернета.',
        },
      },
    },
    {
      name: 'server',
      secret: false,
      required: false,
      example: 'https://api.telegram.org',
      link: 'https://github.com/tdlib/telegram-bot-api',
      words: {
        en: { label: 'Bot API server', help: 'Only where you run one of your own.' },
        ru: { label: 'Сервер Bot API', help: 'Только если у вас он свой.' },
      },
    },
  ],
  words: {
    en: {
      name: 'Telegram bot',
      brings:
        'Your own channels and groups as people write: posts, comments, topics, private messages to the bot, with edits; nothing from before the bot was there',
      asks: 'Bot',
      asksHelp: 'Its name. A bot serves one source only.',
    },
    ru: {
      name: 'Бот Telegram',
      brings:
        'Ваши каналы и группы сразу: записи, комментарии, темы, личные сообщения боту, с правками; того, что было до бота, он не видит',
      asks: 'Бот',
      asksHelp: 'Имя бота. Один бот — один источник.',
    },
  },
}
