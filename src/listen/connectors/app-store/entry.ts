import type { CatalogueEntry } from '../catalogue-entry.ts'
import { appStoreConnector } from './app-store.ts'

export const appStoreEntry: CatalogueEntry = {
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
}
