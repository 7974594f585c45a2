export const instagramProblems = {
  'instagram.url': {
    en: 'Write @name of a professional account, a #hashtag, or the address of one of them on Instagram',
    ru: 'Напишите @имя профессионального аккаунта, #хештег или их адрес в Instagram',
  },
  'instagram.no-account': {
    en: 'No professional account of Instagram is joined to the page of this token; join it in the settings of the page',
    ru: 'К странице этого токена не привязан профессиональный аккаунт Instagram; привяжите его в настройках страницы',
  },
  'instagram.not-shown': {
    en: 'Instagram does not show what stands below other people’s posts; look there whether the reply is published',
    ru: 'Instagram не показывает, что написано под чужими публикациями; проверьте там, опубликован ли ответ',
  },
} as const
