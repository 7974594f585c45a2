export const stackexchangeProblems = {
  'stackexchange.wanted': {
    en: 'Write the address of a tag or of a search, like stackoverflow.com/questions/tagged/typescript',
    ru: 'Напишите адрес метки или поиска, например ru.stackoverflow.com/questions/tagged/typescript',
  },
  'stackexchange.refused': {
    en: 'Stack Exchange refused the question: {reason}',
    ru: 'Stack Exchange отклонил запрос: {reason}',
  },
} as const
