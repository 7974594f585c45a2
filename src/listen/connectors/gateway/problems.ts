export const gatewayProblems = {
  'gateway.bridge': {
    en: 'This is the gateway itself; choose below what it should read',
    ru: 'Это сам шлюз; выберите ниже, что ему читать',
  },
  'gateway.none': {
    en: 'There is neither rss-bridge nor RSSHub at this address, or it keeps its list to itself; the finished address of a feed can still be entered',
    ru: 'По этому адресу нет ни rss-bridge, ни RSSHub, или список закрыт; готовый адрес ленты всё равно можно ввести',
  },
} as const
