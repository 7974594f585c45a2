export const wordpressProblems = {
  'wordpress.none': {
    en: 'There is no WordPress at this address that lets programs read it; try its feed instead (add /feed to the address)',
    ru: 'По этому адресу нет WordPress, который разрешает чтение программам; попробуйте его ленту (добавьте к адресу /feed)',
  },
  'wordpress.comments-closed': {
    en: 'The site keeps its comments from programs, so only its articles come; its feed of comments may still work (add /comments/feed to the address as a feed)',
    ru: 'Комментарии сайт программам не показывает, поэтому приходят только статьи; попробуйте добавить ленту комментариев (адрес с /comments/feed)',
  },
  'wordpress.user': {
    en: 'Write the name that you sign in to WordPress with',
    ru: 'Укажите имя, с которым вы входите в WordPress',
  },
  'wordpress.password': {
    en: 'WordPress does not take this name and password. Make an application password (Users → Profile → Application Passwords) and paste its 24 letters and digits; the password of the account does not work here',
    ru: 'WordPress не принимает это имя и пароль. Создайте пароль приложения (Пользователи → Профиль → Пароли приложений) и вставьте его 24 знака; обычный пароль здесь не подойдёт',
  },
  'wordpress.role': {
    en: 'This person may not moderate comments; give them the role Editor in WordPress, or connect somebody who has it',
    ru: 'Этот человек не может модерировать комментарии; дайте ему в WordPress роль редактора или подключите того, у кого она есть',
  },
  'wordpress.duplicate': {
    en: 'WordPress says that the same words of this account stand there already; Heed looks whether it is this reply',
    ru: 'WordPress сообщает, что такие же слова этого аккаунта там уже есть; Heed проверяет, этот ли это ответ',
  },
} as const
