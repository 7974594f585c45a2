import type { CatalogueEntry } from '../catalogue-entry.ts'
import { braveConnector } from './brave.ts'
import { yandexConnector } from './yandex.ts'

export const braveEntry: CatalogueEntry = {
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
}

export const yandexEntry: CatalogueEntry = {
  connector: yandexConnector,
  example: '"acme банк"',
  fields: [
    {
      name: 'key',
      secret: true,
      required: true,
      example: 'AQVN…',
      link: 'https://yandex.cloud/ru/docs/search-api/operations/auth',
      words: {
        en: { label: 'API key', help: 'Of a service account with the role search-api.webSearch.user.' },
        ru: { label: 'API-ключ', help: 'Сервисного аккаунта с ролью search-api.webSearch.user.' },
      },
    },
    {
      name: 'folder',
      secret: false,
      required: true,
      example: 'b1g…',
      link: 'https://yandex.cloud/ru/docs/resource-manager/operations/folder/get-id',
      words: {
        en: { label: 'Folder', help: 'The id of the folder in Yandex Cloud that pays.' },
        ru: { label: 'Каталог', help: 'Идентификатор каталога Yandex Cloud, который платит.' },
      },
    },
    {
      name: 'zone',
      secret: false,
      required: false,
      example: 'kk',
      link: null,
      words: {
        en: { label: 'Search', help: 'ru, com, kk, be, uz or tr; empty for the Russian one.' },
        ru: { label: 'Поиск', help: 'ru, com, kk, be, uz или tr; пусто — русский.' },
      },
    },
  ],
  words: {
    en: {
      name: 'Web search (Yandex)',
      brings:
        'Pages that have the words, newest first: title, a few sentences and the address; once an hour, never more than the budget of the project',
      asks: 'Words',
      asksHelp: 'In "quotes" as a phrase, -without a word.',
    },
    ru: {
      name: 'Поиск в интернете (Яндекс)',
      brings:
        'Страницы с нужными словами, сначала новые: заголовок, несколько предложений и адрес; раз в час и не больше бюджета проекта',
      asks: 'Слова',
      asksHelp: 'В "кавычках" — точная фраза, -минус исключает слово.',
    },
  },
}
