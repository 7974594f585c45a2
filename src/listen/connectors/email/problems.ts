export const emailProblems = {
  'email.url': {
    en: 'Write the mailbox like imaps://help@bank.example@imap.bank.example/INBOX, without the password',
    ru: 'Укажите ящик так: imaps://help@bank.example@imap.bank.example/INBOX, без пароля',
  },
  'email.smtp': {
    en: 'Write the server for outgoing mail like smtps://smtp.bank.example',
    ru: 'Укажите сервер исходящей почты, например smtps://smtp.bank.example',
  },
  'email.imap': {
    en: 'Write the server for incoming mail like imaps://imap.bank.example',
    ru: 'Укажите сервер входящей почты, например imaps://imap.bank.example',
  },
  'email.user': { en: 'Write the name to sign in with', ru: 'Укажите имя для входа в почту' },
  'email.password': {
    en: 'Write the password of the mailbox; large providers want one made for programs',
    ru: 'Укажите пароль ящика; большие почтовые службы просят отдельный пароль для программ',
  },
  'email.address': { en: 'Write the address replies come from', ru: 'Укажите адрес, с которого уходят ответы' },
  'email.signed-out': {
    en: 'The mail server does not take the name or the password ({reason}); enter them anew, large providers want a password made for programs',
    ru: 'Почтовый сервер не принимает имя или пароль ({reason}); введите их заново, большие службы просят отдельный пароль для программ',
  },
  'email.unreachable': {
    en: 'The mail server cannot be reached or breaks off ({reason}). Check its name and port; if they are right, this passes when it is back',
    ru: 'Почтовый сервер недоступен или обрывает связь ({reason}). Проверьте имя и порт; если они верны, всё заработает, когда сервер вернётся',
  },
  'email.nobody': {
    en: 'The message has no address or no Message-ID that could be answered',
    ru: 'У письма нет адреса или Message-ID, отвечать некуда',
  },
  'email.rejected': {
    en: 'The mail server refused the reply: {reason}',
    ru: 'Почтовый сервер отклонил ответ: {reason}',
  },
  'email.not-now': {
    en: 'The mail server asks to try later: {reason}',
    ru: 'Почтовый сервер просит попробовать позже: {reason}',
  },
  'email.unknown': {
    en: 'The connection broke while the reply was handed over: {reason}',
    ru: 'Связь оборвалась во время передачи ответа: {reason}',
  },
  'email.no-copy': {
    en: 'No copy of the reply is in the mailbox; it may have gone out all the same. Ask the customer or look at the server’s log',
    ru: 'Копии ответа в ящике нет, но он мог и уйти. Спросите клиента или посмотрите журнал почтового сервера',
  },
} as const
