export const replyProblems = {
  'reply.slow-down': {
    en: 'The platform asks to go slower; the reply goes out as soon as it allows',
    ru: 'Площадка просит не спешить; ответ уйдёт, как только она разрешит',
  },
  'reply.not-allowed': {
    en: 'The platform does not let this account reply (status {status}); connect the account again or ask who may',
    ru: 'Площадка не даёт этому аккаунту отвечать (код {status}); подключите его заново или узнайте, кому можно',
  },
  'reply.gone': {
    en: 'What should be answered is no longer there, or the account cannot see it',
    ru: 'Того, на что отвечаем, уже нет, или аккаунт этого не видит',
  },
  'reply.refused': { en: 'The platform refused the reply: {reason}', ru: 'Площадка отклонила ответ: {reason}' },
  'reply.no-account': {
    en: 'The account it should go out from is no longer connected; connect it again',
    ru: 'Аккаунт, с которого отвечаем, больше не подключён; подключите его снова',
  },
  'reply.ticket-changed': {
    en: 'Somebody changed the ticket while the reply waited; look at what changed and send it again',
    ru: 'Пока ответ ждал отправки, тикет изменился; посмотрите, что нового, и отправьте снова',
  },
  'reply.sender-gone': {
    en: '{name} let it go out and may no longer reply in this project; read it and send it yourself',
    ru: 'Кто поставил ответ на отправку ({name}), больше не может отвечать в этом проекте; прочитайте ответ и отправьте сами',
  },
  'reply.channel-failed': {
    en: 'Something broke on our side while it was sent; the log of the server knows more',
    ru: 'При отправке что-то сломалось у нас; подробности в журнале сервера',
  },
  'help.by-settings': {
    en: 'The help page is connected by switching it on under Settings → Help page',
    ru: 'Страница помощи подключается сама, когда её включают в «Настройки → Страница помощи»',
  },
  'help.not-shown': {
    en: 'The help page is switched off, or what should be answered is not on it any more',
    ru: 'Страница помощи выключена, или того, на что отвечаем, на ней уже нет',
  },
  'reply.many-since': {
    en: 'The account wrote so much since that it cannot be told whether this reply is among it',
    ru: 'С тех пор аккаунт написал так много, что не понять, есть ли среди этого этот ответ',
  },
  'reply.other-site': {
    en: 'This account belongs to {site}, and what is answered stands on another site; choose the account of that site',
    ru: 'Этот аккаунт — с сайта {site}, а отвечаем мы на другом сайте; выберите аккаунт того сайта',
  },
  'reply.comments-closed': {
    en: 'Comments are closed there; open them on the site or answer in another way',
    ru: 'Комментарии там закрыты; откройте их на сайте или ответьте иначе',
  },
} as const
