export const discourseProblems = {
  'discourse.url': {
    en: 'Write the address of the forum, or of any page of it',
    ru: 'Напишите адрес форума или любой его страницы',
  },
} as const
