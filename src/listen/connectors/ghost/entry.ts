import type { CatalogueEntry } from '../catalogue-entry.ts'
import { ghostConnector } from './ghost.ts'

export const ghostEntry: CatalogueEntry = {
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
}
