import { blueskyConnector } from './bluesky/bluesky.ts'
import type { Connector } from './connector.ts'
import { hackerNewsConnector } from './hackernews/hackernews.ts'
import { discourseConnector } from './discourse/discourse.ts'
import { emailConnector } from './email/email.ts'
import { mastodonConnector } from './mastodon/mastodon.ts'
import { stackExchangeConnector } from './stackexchange/stackexchange.ts'
import { gdeltConnector } from './gdelt/gdelt.ts'
import { feedConnector } from './feeds/feed.ts'
import { pageConnector } from './feeds/page.ts'
import type { ProblemLanguage } from './problems.ts'
import { telegramConnector } from './telegram/telegram.ts'

export type CatalogueEntry = {
  connector: Connector<unknown>
  /** What the one line holds that says what to collect: an address, a channel, words to look for. */
  example: string
  /** What else is asked for; secrets are kept sealed and handed to the connector apart from its settings. */
  fields?: CatalogueField[]
  words: { [language in ProblemLanguage]: { name: string; brings: string; asks: string; asksHelp: string } }
}

export type CatalogueField = {
  name: string
  secret: boolean
  required: boolean
  example: string
  /** Where a person gets it; null where they know. */
  link: string | null
  words: { [language in ProblemLanguage]: { label: string; help: string } }
}

/** Every platform that can be read, in the order in which people are offered them. Files are not here: they are read once, by import. */
export const catalogue: CatalogueEntry[] = [
  {
    connector: feedConnector,
    example: 'https://',
    words: {
      en: {
        name: 'Feed',
        brings: 'RSS, Atom, RDF and JSON feeds of news sites, blogs, forums and of gateways to other platforms',
        asks: 'Address',
        asksHelp: 'Of the feed, or of the site: Heed looks for its feed.',
      },
      ru: {
        name: 'Лента',
        brings: 'RSS, Atom, RDF и JSON Feed новостных сайтов, блогов, форумов и шлюзов к другим площадкам',
        asks: 'Адрес',
        asksHelp: 'Ленты или самого сайта: ленту на нём Heed найдёт.',
      },
    },
  },
  {
    connector: telegramConnector,
    example: '@durov',
    words: {
      en: {
        name: 'Telegram channel',
        brings: 'Posts of a public channel with views and reactions, forwards and answers; no comments and no groups',
        asks: 'Channel',
        asksHelp: 'Its name or its link, as people share it.',
      },
      ru: {
        name: 'Канал Telegram',
        brings: 'Записи открытого канала с просмотрами и реакциями, пересылки и ответы; без комментариев и групп',
        asks: 'Канал',
        asksHelp: 'Имя канала или ссылка на него.',
      },
    },
  },
  {
    connector: hackerNewsConnector,
    example: 'acme bank',
    words: {
      en: {
        name: 'Hacker News',
        brings:
          'Stories and comments that have the words, of one account or of one discussion, with points and numbers of comments',
        asks: 'Words',
        asksHelp: 'In “quotes” as a phrase, -without a word; or the address of a search, an account or a discussion.',
      },
      ru: {
        name: 'Hacker News',
        brings:
          'Публикации и комментарии с нужными словами, одного участника или одного обсуждения, с баллами и числом комментариев',
        asks: 'Слова',
        asksHelp: 'В кавычках — точная фраза, -минус исключает слово; или адрес поиска, участника либо обсуждения.',
      },
    },
  },
  {
    connector: discourseConnector,
    example: 'https://meta.discourse.org',
    words: {
      en: {
        name: 'Discourse forum',
        brings: 'Every public topic and answer of a forum that runs Discourse, in whole, with likes and reads',
        asks: 'Forum',
        asksHelp: 'Its address, or that of any page of it.',
      },
      ru: {
        name: 'Форум на Discourse',
        brings: 'Все открытые темы и ответы форума на Discourse целиком, с отметками «нравится» и числом прочтений',
        asks: 'Форум',
        asksHelp: 'Адрес форума или любой его страницы.',
      },
    },
  },
  {
    connector: blueskyConnector,
    example: '@acme.bsky.social',
    fields: [
      {
        name: 'handle',
        secret: false,
        required: false,
        example: 'acme.bsky.social',
        link: null,
        words: {
          en: { label: 'Account that searches', help: 'Only for a search: Bluesky searches for accounts only.' },
          ru: { label: 'Аккаунт для поиска', help: 'Только для поиска: Bluesky ищет лишь для аккаунтов.' },
        },
      },
      {
        name: 'password',
        secret: true,
        required: false,
        example: 'abcd-efgh-ijkl-mnop',
        link: 'https://bsky.app/settings/app-passwords',
        words: {
          en: { label: 'Its app password', help: 'Not the password of the account; it can be taken back at any time.' },
          ru: { label: 'Его пароль приложения', help: 'Не пароль аккаунта; его можно отозвать в любой момент.' },
        },
      },
    ],
    words: {
      en: {
        name: 'Bluesky',
        brings:
          'Everything that is posted on the network as it is posted, with edits and deletions; or one account with its reposts, or a search',
        asks: 'What to collect',
        asksHelp:
          'bsky.app for everything, @name.bsky.social, a #tag or words, or the wss:// address of a Jetstream server.',
      },
      ru: {
        name: 'Bluesky',
        brings:
          'Всё, что публикуют в сети, сразу, с правками и удалениями; или один аккаунт с его репостами, или поиск',
        asks: 'Что собирать',
        asksHelp: 'bsky.app — всё, @имя.bsky.social, #метка или слова, либо адрес сервера Jetstream с wss://.',
      },
    },
  },
  {
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
  },
  {
    connector: pageConnector,
    example: 'https://',
    words: {
      en: {
        name: 'One page',
        brings: 'The article of one page, as one mention; Heed looks once a day whether its words have changed',
        asks: 'Address',
        asksHelp: 'Paste the link to the article.',
      },
      ru: {
        name: 'Одна страница',
        brings: 'Статья одной страницы как одно упоминание; раз в день Heed смотрит, не изменился ли текст',
        asks: 'Адрес',
        asksHelp: 'Вставьте ссылку на статью.',
      },
    },
  },
  {
    connector: mastodonConnector,
    example: '#acme@mastodon.social',
    words: {
      en: {
        name: 'Mastodon',
        brings:
          'A hashtag, everything local of a server, or one account with its boosts; also of servers that speak Mastodon’s API',
        asks: 'Timeline',
        asksHelp: '#word@server, @name@server, or the address of a server for everything local.',
      },
      ru: {
        name: 'Mastodon',
        brings:
          'Хештег, вся местная лента сервера или один участник с его репостами; также серверы с интерфейсом Mastodon',
        asks: 'Лента',
        asksHelp: '#слово@сервер, @имя@сервер или адрес сервера — тогда вся его местная лента.',
      },
    },
  },
  {
    connector: stackExchangeConnector,
    example: 'https://stackoverflow.com/questions/tagged/typescript',
    words: {
      en: {
        name: 'Stack Exchange',
        brings:
          'Questions of Stack Overflow and its sister sites by tag or words, with answers, comments, scores and views',
        asks: 'Tag or search',
        asksHelp: 'The address of a page of tagged questions or of a search, on any site.',
      },
      ru: {
        name: 'Stack Exchange',
        brings:
          'Вопросы Stack Overflow и родственных сайтов по метке или словам, с ответами, комментариями, оценками и просмотрами',
        asks: 'Метка или поиск',
        asksHelp: 'Адрес страницы метки или поиска на любом из сайтов.',
      },
    },
  },
  {
    connector: gdeltConnector,
    example: '"acme bank" sourcelang:english',
    words: {
      en: {
        name: 'GDELT news',
        brings:
          'Addresses and titles of news from all over the world that have the words, in 65 languages; no texts, so topics see the title only',
        asks: 'Words',
        asksHelp: 'In "quotes" as a phrase; sourcelang: and sourcecountry: narrow it.',
      },
      ru: {
        name: 'Новости GDELT',
        brings:
          'Адреса и заголовки новостей со всего мира с нужными словами, на 65 языках; без текстов, поэтому темы видят только заголовок',
        asks: 'Слова',
        asksHelp: 'В кавычках — точная фраза; sourcelang: и sourcecountry: сужают поиск.',
      },
    },
  },
]

/** The connector of a platform, as a stored source names it. */
export function findConnector(platform: string): Connector<unknown> | null {
  return catalogue.find(({ connector }) => connector.platform === platform)?.connector ?? null
}
