import type { CatalogueEntry } from '../catalogue-entry.ts'
import { stackExchangeConnector } from './stackexchange.ts'

export const stackExchangeEntry: CatalogueEntry = {
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
}
