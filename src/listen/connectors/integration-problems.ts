export const integrationProblems = {
  'integration.address': {
    en: 'Write the address like {example}',
    ru: 'Укажите адрес в виде {example}',
  },
  'integration.needed': { en: 'This is needed, too', ru: 'Это тоже нужно указать' },
  'integration.either': {
    en: 'Write a token, or a user with a password',
    ru: 'Укажите токен или пользователя с паролем',
  },
  'integration.signed-out': {
    en: 'The system does not let Heed in with this access (status {status}); enter it anew in Settings → Integrations, and everything that waits goes on',
    ru: 'Система не пускает Heed с таким доступом (код {status}); введите его заново в «Настройки → Интеграции», и всё, что ждёт, продолжится',
  },
  'integration.forbidden': {
    en: 'The system does not allow this account to do it: {reason}. Give it the right there, then press Test in Settings → Integrations',
    ru: 'Система не разрешает этому аккаунту: {reason}. Дайте право там и нажмите «Проверить» в «Настройки → Интеграции»',
  },
  'integration.rights': {
    en: '{name} may not read and create what Heed needs; docs/integrations lists the rights',
    ru: '{name} не может читать и создавать то, что нужно Heed; права перечислены в docs/integrations',
  },
  'integration.refused': { en: 'The system did not take it: {reason}', ru: 'Система это не приняла: {reason}' },
  'integration.gone': {
    en: 'The record is no longer there, or the account cannot see it',
    ru: 'Записи там уже нет, или аккаунт её не видит',
  },
  'integration.slow-down': {
    en: 'The system asks to go slower; Heed goes on as soon as it allows',
    ru: 'Система просит не спешить; Heed продолжит, как только она разрешит',
  },
  'integration.failed': {
    en: 'The system failed (status {status}); Heed tries again by itself',
    ru: 'В системе сбой (код {status}); Heed попробует снова',
  },
  'integration.unexpected': {
    en: 'The system answered in another form than it documents ({what}); if it was updated, Heed may need an update, too',
    ru: 'Система ответила не так, как описано ({what}); если её обновили, возможно, нужно обновить и Heed',
  },
  'integration.shut': {
    en: 'The access was sealed with another key; enter it anew in Settings → Integrations',
    ru: 'Доступ запечатан другим ключом; введите его заново в «Настройки → Интеграции»',
  },
  'integration.broke': {
    en: 'Something broke on our side; the log of the server knows more',
    ru: 'Что-то сломалось у нас; подробности в журнале сервера',
  },
} as const
