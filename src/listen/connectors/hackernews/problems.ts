export const hackernewsProblems = {
  'hackernews.wanted': {
    en: 'Write words to look for, or the address of a search, an account or a discussion on Hacker News',
    ru: 'Напишите слова для поиска или адрес поиска, участника или обсуждения на Hacker News',
  },
} as const
