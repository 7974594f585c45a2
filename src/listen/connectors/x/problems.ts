export const xProblems = {
  'x.query': {
    en: 'Write words to look for on X, up to 512 characters; “topics” for what the topics of the project ask for; or “stream: words”',
    ru: 'Напишите слова для поиска в X, не больше 512 знаков; «topics» — то, что ищут темы проекта; или «stream: слова»',
  },
  'x.keys': {
    en: 'Copy all four keys from “Keys and tokens” of the app at console.x.com, with the right to read and write',
    ru: 'Скопируйте все четыре ключа из раздела «Keys and tokens» приложения на console.x.com; нужны права на чтение и запись',
  },
  'x.signed-out': {
    en: 'X does not accept the keys; make new ones at console.x.com and enter them here',
    ru: 'X не принимает ключи; создайте новые на console.x.com и введите их здесь',
  },
  'x.forbidden': {
    en: 'X does not let this app do that: {reason}. Look at what the app may do at console.x.com',
    ru: 'X не разрешает это приложению: {reason}. Проверьте права приложения на console.x.com',
  },
  'x.refused': { en: 'X refused the question: {reason}', ru: 'X отклонил запрос: {reason}' },
  'x.no-credits': {
    en: 'The credits at X are used up; buy new ones at console.x.com. Heed tries again in six hours',
    ru: 'Деньги на счёте в X закончились; пополните его на console.x.com. Heed попробует снова через шесть часов',
  },
  'x.capped': {
    en: 'The app has read as many posts as X allows in a month; it goes on next month',
    ru: 'Приложение прочитало столько постов, сколько X разрешает за месяц; сбор продолжится в следующем месяце',
  },
  'x.no-words': {
    en: 'No topic of the project asks for words that X could look for; add words to a topic',
    ru: 'Ни одна тема проекта не содержит слов, которые X мог бы искать; добавьте в тему слова',
  },
  'x.rule-refused': {
    en: 'X does not take this rule: {rule}',
    ru: 'X не принимает это правило: {rule}',
  },
  'x.ended': {
    en: 'X ended the connection ({reason}); Heed connects again and looks up what was posted meanwhile',
    ru: 'X закрыл соединение ({reason}); Heed подключится снова и найдёт то, что опубликовали за это время',
  },
  'x.not-summoned': {
    en: 'X takes this reply from a person only: programs may answer whoever named or quoted the account ({reason}). Copy the text and open the post',
    ru: 'Этот ответ X примет только от человека: программам можно отвечать тем, кто упомянул или процитировал аккаунт ({reason}). Скопируйте текст и откройте пост',
  },
  'x.many-since': {
    en: 'The account wrote so much since that it cannot be told whether this reply is among it',
    ru: 'С тех пор аккаунт написал так много, что не понять, есть ли среди этого этот ответ',
  },
} as const
