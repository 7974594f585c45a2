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
import { gatewayConnector } from './gateway/gateway.ts'
import { ghostConnector } from './ghost/ghost.ts'
import { nodebbConnector } from './nodebb/nodebb.ts'
import { wordpressConnector } from './wordpress/wordpress.ts'
import { okConnector } from './ok/ok.ts'
import { telegramBotConnector } from './telegram-bot/telegram-bot.ts'
import { vkConnector } from './vk/vk.ts'
import type { ProblemLanguage } from './problems.ts'
import { telegramConnector } from './telegram/telegram.ts'
import { webhookConnector } from './webhook/webhook.ts'
import { youtubeConnector } from './youtube/youtube.ts'
import { facebookConnector } from './facebook/facebook.ts'
import { appStoreConnector } from './app-store/app-store.ts'
import { googlePlayConnector } from './google-play/google-play.ts'
import { instagramConnector } from './instagram/instagram.ts'
import { redditConnector } from './reddit/reddit.ts'
import { braveConnector } from './web-search/brave.ts'
import { googleBusinessConnector } from './google-business/google-business.ts'
import { threadsEntry } from './threads/entry.ts'
import { xConnector } from './x/x.ts'

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

/** What Meta's platforms ask for: a token, and of whoever wants to be pushed to, an app. */
const metaFields: CatalogueField[] = [
  {
    name: 'token',
    secret: true,
    required: true,
    example: 'EAAB…',
    link: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens',
    words: {
      en: {
        label: 'Access token of the page',
        help: 'With pages_read_engagement, pages_read_user_content and, for Instagram, instagram_basic and instagram_manage_comments. One of a system user does not run out.',
      },
      ru: {
        label: 'Токен доступа страницы',
        help: 'С правами pages_read_engagement, pages_read_user_content, а для Instagram ещё instagram_basic и instagram_manage_comments. Токен системного пользователя не истекает.',
      },
    },
  },
  {
    name: 'appId',
    secret: true,
    required: false,
    example: '1234567890',
    link: 'https://developers.facebook.com/apps',
    words: {
      en: { label: 'App id', help: 'With its secret, Meta tells of changes at once.' },
      ru: { label: 'App id', help: 'Вместе с app secret: тогда Meta сообщает об изменениях сразу.' },
    },
  },
  {
    name: 'appSecret',
    secret: true,
    required: false,
    example: '',
    link: 'https://developers.facebook.com/apps',
    words: {
      en: { label: 'App secret', help: 'Of the same app, under Settings → Basic.' },
      ru: { label: 'App secret', help: 'Того же приложения, раздел Settings → Basic.' },
    },
  },
]

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
  },
  {
    connector: vkConnector,
    example: 'vk.com/acme',
    fields: [
      {
        name: 'token',
        secret: true,
        required: true,
        example: '',
        link: 'https://id.vk.com/about/business/go',
        words: {
          en: {
            label: 'Service key',
            help: 'Make an app at id.vk.com (free, minutes) and copy its service key. Mentions of an account need the key of that account instead.',
          },
          ru: {
            label: 'Сервисный ключ',
            help: 'Создайте приложение на id.vk.com (бесплатно, несколько минут) и скопируйте сервисный ключ. Для упоминаний аккаунта нужен ключ самого аккаунта.',
          },
        },
      },
      {
        name: 'community',
        secret: true,
        required: false,
        example: '',
        link: 'https://dev.vk.com/ru/api/access-token/community-token/in-community-settings',
        words: {
          en: {
            label: 'Key of your community',
            help: 'Only for your own community: then VK tells at once what is written there, edited and deleted. Manage → API usage → Create key, with “Manage community”.',
          },
          ru: {
            label: 'Ключ вашего сообщества',
            help: 'Только для своего сообщества: тогда ВКонтакте сразу сообщает, что там написали, изменили и удалили. «Управление → Работа с API → Создать ключ», право «Управление сообществом».',
          },
        },
      },
    ],
    words: {
      en: {
        name: 'VK (VKontakte)',
        brings:
          'Public posts and comments with the words; or a community with all comments below its posts; or its discussions; or mentions of your account; or a stream of what is posted. With likes, reposts, views, places and followers',
        asks: 'What to collect',
        asksHelp:
          'Words; or a community, such as vk.com/acme; discussions, such as vk.com/board123; vk.com/feed?section=mentions for mentions of your account; “topics” or “stream: words” for what VK sends at once, one percent of everything unless VK grants more.',
      },
      ru: {
        name: 'ВКонтакте',
        brings:
          'Открытые записи и комментарии с нужными словами; или сообщество со всеми комментариями под записями; или его обсуждения; или упоминания вашего аккаунта; или поток новых записей. С лайками, репостами, просмотрами, местами и подписчиками',
        asks: 'Что собирать',
        asksHelp:
          'Слова; или сообщество, например vk.com/acme; обсуждения, например vk.com/board123; vk.com/feed?section=mentions — упоминания вашего аккаунта; «topics» или «stream: слова» — то, что ВКонтакте присылает сразу: один процент всего, если не разрешит больше.',
      },
    },
  },
  {
    connector: okConnector,
    example: 'ok.ru/group/53696123456789',
    fields: [
      {
        name: 'key',
        secret: true,
        required: true,
        example: '',
        link: 'https://apiok.ru/dev/app/create',
        words: {
          en: {
            label: 'Public key of the app',
            help: 'Register an app at ok.ru and ask api-support@ok.ru for the rights VALUABLE_ACCESS and GROUP_CONTENT; that takes days.',
          },
          ru: {
            label: 'Публичный ключ приложения',
            help: 'Зарегистрируйте приложение на ok.ru и запросите у api-support@ok.ru права VALUABLE_ACCESS и GROUP_CONTENT; ответа ждут несколько дней.',
          },
        },
      },
      {
        name: 'token',
        secret: true,
        required: true,
        example: '',
        link: null,
        words: {
          en: {
            label: 'Eternal access token',
            help: 'On the page of the app, “Get a new one”; of somebody who helps to run the group.',
          },
          ru: {
            label: 'Вечный access_token',
            help: 'На странице приложения, «Получить новый»; от имени модератора группы.',
          },
        },
      },
      {
        name: 'sessionSecret',
        secret: true,
        required: true,
        example: '',
        link: null,
        words: {
          en: { label: 'Secret key of the session', help: 'Shown together with the token, called session_secret_key.' },
          ru: { label: 'Секретный ключ сессии', help: 'Показан вместе с токеном, называется session_secret_key.' },
        },
      },
    ],
    words: {
      en: {
        name: 'Odnoklassniki',
        brings:
          'The topics of a group with all comments below them, with likes and authors; the platform has no search for words',
        asks: 'Group',
        asksHelp: 'Its address.',
      },
      ru: {
        name: 'Одноклассники',
        brings: 'Темы группы со всеми комментариями, с «классами» и авторами; поиска по словам у площадки нет',
        asks: 'Группа',
        asksHelp: 'Адрес группы.',
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
    connector: webhookConnector,
    example: 'hotline',
    words: {
      en: {
        name: 'Webhook in',
        brings:
          'Whatever a program of yours posts: calls of a hotline, forms, reviews of a shop. Signed as Standard Webhooks, each item once',
        asks: 'Name of the system',
        asksHelp: 'As your team calls it. Its address, its secret and a line to try it are shown when it is saved.',
      },
      ru: {
        name: 'Входящий вебхук',
        brings:
          'Всё, что присылает ваша программа: звонки на горячую линию, анкеты, отзывы магазина. Подпись Standard Webhooks, каждая запись — один раз',
        asks: 'Название системы',
        asksHelp: 'Как её называют у вас. Адрес, секрет и строку для пробы Heed покажет после сохранения.',
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
    fields: [
      {
        name: 'token',
        secret: true,
        required: false,
        example: '',
        link: 'https://docs.joinmastodon.org/client/token/',
        words: {
          en: {
            label: 'Access token of an account there',
            help: 'With it statuses come the moment they are posted, with edits and deletions: on the server under Preferences → Development → New application, with the right “read”.',
          },
          ru: {
            label: 'Токен доступа аккаунта на этом сервере',
            help: 'С ним записи приходят сразу, с правками и удалениями: на сервере «Настройки → Разработчикам → Новое приложение», право read.',
          },
        },
      },
    ],
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
    connector: wordpressConnector,
    example: 'https://blog.acme.example',
    words: {
      en: {
        name: 'WordPress',
        brings:
          'Articles and comments of a site, with authors, threads, edits and deletions; a comment that was approved late comes too',
        asks: 'Site',
        asksHelp: 'Its address, or that of any page of it.',
      },
      ru: {
        name: 'WordPress',
        brings:
          'Статьи и комментарии сайта с авторами, ветками, правками и удалениями; приходят и комментарии, одобренные позже',
        asks: 'Сайт',
        asksHelp: 'Адрес сайта или любой его страницы.',
      },
    },
  },
  {
    connector: ghostConnector,
    example: 'https://blog.acme.example',
    fields: [
      {
        name: 'key',
        secret: true,
        required: true,
        example: '',
        link: 'https://ghost.org/integrations/custom-integrations/',
        words: {
          en: {
            label: 'Admin API key',
            help: 'In Ghost: Settings → Integrations → Add custom integration, then copy “Admin API key”. It can be taken back there at any time.',
          },
          ru: {
            label: 'Ключ Admin API',
            help: 'В Ghost: Settings → Integrations → Add custom integration, затем скопируйте «Admin API key». Там же его можно отозвать.',
          },
        },
      },
    ],
    words: {
      en: {
        name: 'Ghost',
        brings: 'Articles of a site of your own and the comments of its members, with likes, edits and deletions',
        asks: 'Site',
        asksHelp: 'Its address.',
      },
      ru: {
        name: 'Ghost',
        brings: 'Статьи своего сайта и комментарии его участников, с отметками «нравится», правками и удалениями',
        asks: 'Сайт',
        asksHelp: 'Адрес сайта.',
      },
    },
  },
  {
    connector: nodebbConnector,
    example: 'https://community.nodebb.org',
    words: {
      en: {
        name: 'NodeBB forum',
        brings: 'Every public topic and answer of a forum that runs NodeBB, with votes, edits and deletions',
        asks: 'Forum',
        asksHelp: 'Its address.',
      },
      ru: {
        name: 'Форум на NodeBB',
        brings: 'Все открытые темы и ответы форума на NodeBB, с голосами, правками и удалениями',
        asks: 'Форум',
        asksHelp: 'Адрес форума.',
      },
    },
  },
  {
    connector: gatewayConnector,
    example: 'https://rss-bridge.acme.example',
    words: {
      en: {
        name: 'Gateway',
        brings:
          'What your own rss-bridge or RSSHub can read of hundreds of platforms; posts are shown under the platform they stand on',
        asks: 'Gateway or finished address',
        asksHelp: 'Write where your rss-bridge or RSSHub runs and choose below what it should read.',
      },
      ru: {
        name: 'Шлюз',
        brings:
          'То, что ваш rss-bridge или RSSHub читает на сотнях площадок; публикации показаны под той площадкой, где они стоят',
        asks: 'Шлюз или готовый адрес',
        asksHelp: 'Укажите, где работает ваш rss-bridge или RSSHub, и выберите ниже, что ему читать.',
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
  {
    connector: xConnector,
    example: '"acme bank" -is:retweet',
    fields: [
      {
        name: 'token',
        secret: true,
        required: true,
        example: 'AAAAAAAA…',
        link: 'https://console.x.com',
        words: {
          en: {
            label: 'Bearer token',
            help: 'Of an app at console.x.com, under “Keys and tokens”; the account there needs credits.',
          },
          ru: {
            label: 'Bearer-токен',
            help: 'Приложения на console.x.com, раздел «Keys and tokens»; на счёте там должны быть деньги.',
          },
        },
      },
    ],
    words: {
      en: {
        name: 'X (Twitter)',
        brings:
          'Posts with the words, replies and quotes, with authors, followers, likes, reposts and views. About 1.5 US cents a post, never more than the budget of the project',
        asks: 'What to collect',
        asksHelp:
          'Words with the operators of X; “topics” for what your topics ask for, as it is posted; or “stream: words”.',
      },
      ru: {
        name: 'X (Twitter)',
        brings:
          'Посты с нужными словами, ответы и цитаты, с авторами, подписчиками, лайками, репостами и просмотрами. Около 1,5 цента США за пост и не больше бюджета проекта',
        asks: 'Что собирать',
        asksHelp:
          'Слова и операторы X; «topics» — то, что ищут ваши темы, сразу по мере публикации; или «stream: слова».',
      },
    },
  },
  {
    connector: youtubeConnector,
    example: '@acmebank',
    fields: [
      {
        name: 'key',
        secret: true,
        required: true,
        example: 'AIza…',
        link: 'https://console.cloud.google.com/apis/credentials',
        words: {
          en: {
            label: 'API key',
            help: 'Of a project in Google Cloud with YouTube Data API v3 switched on. Free: 100 searches and 10,000 other requests a day.',
          },
          ru: {
            label: 'API-ключ',
            help: 'Проекта в Google Cloud, где включён YouTube Data API v3. Бесплатно: 100 поисков и 10 000 других запросов в день.',
          },
        },
      },
    ],
    words: {
      en: {
        name: 'YouTube',
        brings:
          'Videos by words; or a channel with its videos and every comment under them; or the comments of one video; with views, likes, edits and deletions',
        asks: 'What to collect',
        asksHelp: 'Words, @name of a channel, or the address of a channel or a video.',
      },
      ru: {
        name: 'YouTube',
        brings:
          'Видео по словам; или канал с его видео и всеми комментариями под ними; или комментарии одного видео; с просмотрами, лайками, правками и удалениями',
        asks: 'Что собирать',
        asksHelp: 'Слова, @имя канала или адрес канала либо видео.',
      },
    },
  },
  {
    connector: facebookConnector,
    example: 'facebook.com/acmebank',
    fields: metaFields,
    words: {
      en: {
        name: 'Facebook page',
        brings:
          'Posts of a page of yours, posts that name it, and every comment, with reactions and shares; edits and deletions as they happen when an app is given. Facebook has no search by words',
        asks: 'Page',
        asksHelp: 'Its name or address. Pages of others need Page Public Content Access.',
      },
      ru: {
        name: 'Страница Facebook',
        brings:
          'Записи вашей страницы, записи с её упоминанием и все комментарии, с реакциями и репостами; если указать приложение, правки и удаления приходят сразу. Поиска по словам в Facebook нет',
        asks: 'Страница',
        asksHelp: 'Имя или адрес. Для чужих страниц нужно право Page Public Content Access.',
      },
    },
  },
  {
    connector: appStoreConnector,
    example: 'https://apps.apple.com/app/id1234567890',
    fields: [
      {
        name: 'issuer',
        secret: true,
        required: true,
        example: '57246542-96fe-1a63-e053-0824d011072a',
        link: 'https://appstoreconnect.apple.com/access/integrations/api',
        words: {
          en: { label: 'Issuer ID', help: 'From Users and Access → Integrations.' },
          ru: { label: 'Issuer ID', help: 'Из раздела Users and Access → Integrations.' },
        },
      },
      {
        name: 'keyId',
        secret: true,
        required: true,
        example: '2X9R4HXF34',
        link: null,
        words: {
          en: { label: 'Key ID', help: 'Of a key with the role Customer Support.' },
          ru: { label: 'Key ID', help: 'Ключа с ролью Customer Support.' },
        },
      },
      {
        name: 'privateKey',
        secret: true,
        required: true,
        example: '-----BEGIN PRIVATE KEY-----…',
        link: null,
        words: {
          en: { label: 'Private key', help: 'The whole file AuthKey_….p8; Apple lets it be downloaded once.' },
          ru: { label: 'Закрытый ключ', help: 'Файл AuthKey_….p8 целиком; Apple даёт скачать его один раз.' },
        },
      },
    ],
    words: {
      en: {
        name: 'App Store reviews',
        brings: 'Every review with words of an app of yours, in all countries, with stars; they can be answered',
        asks: 'App',
        asksHelp: 'Its address in the App Store.',
      },
      ru: {
        name: 'Отзывы App Store',
        brings: 'Все отзывы с текстом о вашем приложении, во всех странах, с оценками; на них можно отвечать',
        asks: 'Приложение',
        asksHelp: 'Его адрес в App Store.',
      },
    },
  },
  {
    connector: googlePlayConnector,
    example: 'com.acme.bank',
    fields: [
      {
        name: 'keyFile',
        secret: true,
        required: true,
        example: '{"type":"service_account",…}',
        link: 'https://developers.google.com/android-publisher/getting_started',
        words: {
          en: {
            label: 'Key file of a service account',
            help: 'The whole JSON. Invite the account in Play Console with “View app information” and “Reply to reviews”.',
          },
          ru: {
            label: 'Файл ключа сервисного аккаунта',
            help: 'JSON целиком. Пригласите этот аккаунт в Play Console с правами «View app information» и «Reply to reviews».',
          },
        },
      },
    ],
    words: {
      en: {
        name: 'Google Play reviews',
        brings:
          'Reviews with words of an app of yours, new ones and changed ones, with stars; they can be answered. Google gives the last week only',
        asks: 'App',
        asksHelp: 'Its address on Google Play, or its name.',
      },
      ru: {
        name: 'Отзывы Google Play',
        brings:
          'Отзывы с текстом о вашем приложении, новые и изменённые, с оценками; на них можно отвечать. Google отдаёт только последнюю неделю',
        asks: 'Приложение',
        asksHelp: 'Его адрес в Google Play или имя.',
      },
    },
  },
  {
    connector: instagramConnector,
    example: '@acmebank',
    fields: metaFields,
    words: {
      en: {
        name: 'Instagram',
        brings:
          'What your professional account posted, every comment, and what it is tagged in; posts of another professional account; or a hashtag of the last day (30 hashtags a week). Mentions in comments come when an app is given',
        asks: 'What to collect',
        asksHelp: '@name of an account or #hashtag. Hashtags need Instagram Public Content Access.',
      },
      ru: {
        name: 'Instagram',
        brings:
          'Публикации вашего профессионального аккаунта, все комментарии и то, где он отмечен; публикации другого профессионального аккаунта; или хештег за последние сутки (30 хештегов в неделю). Упоминания в комментариях приходят, если указать приложение',
        asks: 'Что собирать',
        asksHelp: '@имя аккаунта или #хештег. Для хештегов нужно право Instagram Public Content Access.',
      },
    },
  },
  threadsEntry,
  {
    connector: redditConnector,
    example: 'r/personalfinance',
    fields: [
      {
        name: 'clientId',
        secret: true,
        required: true,
        example: 'Ab3dEf…',
        link: 'https://www.reddit.com/prefs/apps',
        words: {
          en: { label: 'Client id', help: 'Of an app that Reddit has approved; it stands under the name of the app.' },
          ru: { label: 'Client id', help: 'Приложения, одобренного Reddit; указан под его названием.' },
        },
      },
      {
        name: 'clientSecret',
        secret: true,
        required: true,
        example: '',
        link: null,
        words: {
          en: { label: 'Client secret', help: 'Of the same app.' },
          ru: { label: 'Client secret', help: 'Того же приложения.' },
        },
      },
      {
        name: 'owner',
        secret: false,
        required: true,
        example: 'acme_support',
        link: null,
        words: {
          en: { label: 'Who answers for the app', help: 'A name on Reddit; every request must tell it.' },
          ru: { label: 'Кто отвечает за приложение', help: 'Имя на Reddit; его нужно называть в каждом запросе.' },
        },
      },
    ],
    words: {
      en: {
        name: 'Reddit',
        brings:
          'Posts by words, or all posts and comments of a subreddit, with scores and numbers of comments; what is deleted there leaves here. Reddit must approve the app first, and business use is a contract',
        asks: 'What to collect',
        asksHelp: 'Words, r/name, or the address of a subreddit or a search. Words find posts, not comments.',
      },
      ru: {
        name: 'Reddit',
        brings:
          'Публикации по словам или все публикации и комментарии сабреддита, с баллами и числом комментариев; удалённое там исчезает и здесь. Приложение должен сначала одобрить Reddit, а для бизнеса нужен договор',
        asks: 'Что собирать',
        asksHelp: 'Слова, r/имя или адрес сабреддита либо поиска. По словам находятся публикации, но не комментарии.',
      },
    },
  },
  {
    connector: braveConnector,
    example: '"acme bank"',
    fields: [
      {
        name: 'key',
        secret: true,
        required: true,
        example: 'BSA…',
        link: 'https://api-dashboard.search.brave.com/app/keys',
        words: {
          en: { label: 'API key', help: 'Of Brave Search, with a plan that allows storing what is found.' },
          ru: { label: 'API-ключ', help: 'Brave Search с планом, который разрешает хранить найденное.' },
        },
      },
      {
        name: 'country',
        secret: false,
        required: false,
        example: 'DE',
        link: null,
        words: {
          en: { label: 'Country', help: 'Two letters; empty for all.' },
          ru: { label: 'Страна', help: 'Две буквы; пусто — все.' },
        },
      },
    ],
    words: {
      en: {
        name: 'Web search (Brave)',
        brings:
          'Pages of news sites and blogs of the last day that have the words: title, a few sentences and the address; once an hour, never more than the budget of the project',
        asks: 'Words',
        asksHelp: 'In "quotes" as a phrase, -without a word.',
      },
      ru: {
        name: 'Поиск в интернете (Brave)',
        brings:
          'Страницы новостных сайтов и блогов за последние сутки с нужными словами: заголовок, несколько предложений и адрес; раз в час и не больше бюджета проекта',
        asks: 'Слова',
        asksHelp: 'В "кавычках" — точная фраза, -минус исключает слово.',
      },
    },
  },
  {
    connector: googleBusinessConnector,
    example: 'accounts/123/locations/456',
    fields: [
      {
        name: 'clientId',
        secret: true,
        required: true,
        example: '',
        link: 'https://developers.google.com/my-business/content/prereqs',
        words: {
          en: {
            label: 'OAuth client id',
            help: 'Of a project in Google Cloud that Google has approved for Business Profile.',
          },
          ru: {
            label: 'OAuth client id',
            help: 'Проекта в Google Cloud, который Google одобрил для Business Profile.',
          },
        },
      },
      {
        name: 'clientSecret',
        secret: true,
        required: true,
        example: '',
        link: null,
        words: {
          en: { label: 'Client secret', help: 'Of the same client.' },
          ru: { label: 'Client secret', help: 'Того же клиента.' },
        },
      },
      {
        name: 'refreshToken',
        secret: true,
        required: true,
        example: '',
        link: null,
        words: {
          en: { label: 'Refresh token', help: 'Of somebody who manages the place, with the right business.manage.' },
          ru: { label: 'Refresh token', help: 'Того, кто управляет местом, с правом business.manage.' },
        },
      },
    ],
    words: {
      en: {
        name: 'Google Maps reviews',
        brings:
          'Every review with words of a place of yours, new ones and changed ones, with stars; they can be answered. Google must approve the project first',
        asks: 'Place',
        asksHelp: 'accounts/…/locations/…, as Google’s API names it.',
      },
      ru: {
        name: 'Отзывы Google Карт',
        brings:
          'Все отзывы с текстом о вашем месте, новые и изменённые, с оценками; на них можно отвечать. Сначала Google должен одобрить проект',
        asks: 'Место',
        asksHelp: 'accounts/…/locations/…, как его называет API Google.',
      },
    },
  },
]

/** The connector of a platform, as a stored source names it. */
export function findConnector(platform: string): Connector<unknown> | null {
  return catalogue.find(({ connector }) => connector.platform === platform)?.connector ?? null
}
