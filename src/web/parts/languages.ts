/** Languages that are offered for what we write ourselves, the most used first. */
export const languages = ['ru', 'en', 'uk', 'kk', 'de', 'fr', 'es', 'it', 'pt', 'tr']
