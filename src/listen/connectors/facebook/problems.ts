export const facebookProblems = {
  'facebook.url': {
    en: 'Write the name or the address of a page on Facebook, like facebook.com/acmebank',
    ru: 'Напишите имя или адрес страницы в Facebook, например facebook.com/acmebank',
  },
} as const
