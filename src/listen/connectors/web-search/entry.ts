import type { CatalogueEntry } from '../catalogue-entry.ts'
import { braveConnector } from './brave.ts'

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
