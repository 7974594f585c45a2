export const nodebbProblems = {
  'nodebb.token': {
    en: 'NodeBB does not take this token. An administrator makes one under ACP → Settings → API Access, for the person who answers',
    ru: 'NodeBB не принимает этот токен. Администратор создаёт его в «ACP → Settings → API Access» для того, кто отвечает',
  },
  'nodebb.queued': {
    en: 'NodeBB keeps the reply until a moderator approves it; ask one, or give the account a group whose posts are not held back',
    ru: 'NodeBB придержал ответ до одобрения модератором; попросите его или дайте аккаунту группу, чьи записи не задерживаются',
  },
  'nodebb.none': {
    en: 'There is no NodeBB at this address that shows its posts to everybody',
    ru: 'По этому адресу нет NodeBB, который показывает записи всем',
  },
} as const
