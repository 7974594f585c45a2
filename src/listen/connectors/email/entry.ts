import type { CatalogueEntry } from '../catalogue-entry.ts'
import { emailConnector } from './email.ts'

export const emailEntry: CatalogueEntry = {
  connector: emailConnector,
  example: 'imaps://help@acme.example@imap.acme.example/INBOX',
  fields: [
    {
      name: 'password',
      secret: true,
      required: true,
      example: '',
      link: null,
      words: {
        en: { label: 'Password of the mailbox', help: 'Large providers want one that was made for programs.' },
        ru: { label: 'Пароль ящика', help: 'Большие почтовые службы просят отдельный пароль для программ.' },
      },
    },
  ],
  words: {
    en: {
      name: 'E-mail',
      brings:
        'Messages of a mailbox as they arrive, with their threads and the names of attached files; bounces and automatic answers are marked. Nothing is marked as read',
      asks: 'Mailbox',
      asksHelp: 'imaps://name@server/folder; the name is what you sign in with, often the whole address.',
    },
    ru: {
      name: 'Почта',
      brings:
        'Письма ящика сразу по приходе, с цепочками и названиями вложений; отказы доставки и автоответы помечены. Прочитанными письма не отмечаются',
      asks: 'Ящик',
      asksHelp: 'imaps://имя@сервер/папка; имя — то, с которым входят, часто весь адрес.',
    },
  },
}
