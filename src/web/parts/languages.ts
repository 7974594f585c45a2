/** Languages that are offered for what we write ourselves, the most used first. */
export const languages = [
  ...['ru', 'en', 'uk', 'kk', 'be', 'uz', 'ky', 'tg', 'az', 'hy', 'ka', 'tt'],
  ...['de', 'fr', 'es', 'it', 'pt', 'tr', 'pl', 'ro', 'ar', 'zh', 'ja', 'ko'],
]
