import type { CatalogueEntry } from '../catalogue-entry.ts'
import { vkConnector } from './vk.ts'

export const vkEntry: CatalogueEntry = {
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
}
