export const gdeltProblems = {
  'gdelt.query': {
    en: 'Write words to look for, at least three letters, like "acme bank"',
    ru: 'Напишите слова для поиска, не меньше трёх букв, например "acme bank"',
  },
  'gdelt.refused': { en: 'GDELT refused the query: {reason}', ru: 'GDELT отклонил запрос: {reason}' },
} as const
