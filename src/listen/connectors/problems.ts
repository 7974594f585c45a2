/**
 * Something that could not be read, as a key with the values of its gaps, so that screens may say it in the person's
 * language. Every sentence of this room stands below, in both languages, and says what can be done about it.
 */
export type Problem = { key: ProblemKey; values: { [name: string]: string | number } }

export type ProblemKey = keyof typeof sentences
export type ProblemLanguage = 'en' | 'ru'

const sentences = {
  'file.empty': { en: 'The file is empty', ru: 'Файл пуст' },
  'file.not-found': { en: 'The file could not be opened: {reason}', ru: 'Файл не удалось открыть: {reason}' },
  'file.too-large': {
    en: 'The file is larger than {limit} MB; split it or raise the limit',
    ru: 'Файл больше {limit} МБ; разделите его или поднимите предел',
  },
  'file.unpacked-too-large': {
    en: 'Unpacked, the workbook is larger than {limit} MB and was not read; save it as CSV or raise the limit',
    ru: 'В распакованном виде книга больше {limit} МБ и не прочитана; сохраните её как CSV или поднимите предел',
  },
  'file.too-many-texts': {
    en: 'The workbook has more than {limit} different texts; save it as CSV or raise the limit',
    ru: 'В книге больше {limit} разных текстов; сохраните её как CSV или поднимите предел',
  },
  'file.format': {
    en: 'This is {found}; save it as CSV, XLSX or JSON Lines',
    ru: 'Это {found}; сохраните файл как CSV, XLSX или JSON Lines',
  },
  'file.damaged': { en: 'The file is damaged: {reason}', ru: 'Файл повреждён: {reason}' },
  'file.no-sheet': { en: 'The workbook has no sheet with rows', ru: 'В книге нет листа со строками' },
  'file.too-many-rows': {
    en: 'The file has more than {limit} rows; the rest was not read',
    ru: 'В файле больше {limit} строк; остальные не прочитаны',
  },
  'file.too-many-columns': {
    en: 'The file has {found} columns, more than {limit}',
    ru: 'В файле {found} столбцов, больше чем {limit}',
  },
  'file.no-text-column': {
    en: 'No column was recognised as the text; choose it',
    ru: 'Столбец с текстом не найден; выберите его',
  },
  'row.too-long': { en: 'The row is longer than {limit} characters', ru: 'Строка длиннее {limit} знаков' },
  'row.cell-too-long': {
    en: 'The cell “{column}” is longer than {limit} characters',
    ru: 'Ячейка «{column}» длиннее {limit} знаков',
  },
  'row.too-many-columns': { en: 'The row has more than {limit} cells', ru: 'В строке больше {limit} ячеек' },
  'row.quotes': {
    en: 'The quotes of the row are broken: a quote inside a quoted cell must be doubled, and the cell closed',
    ru: 'В строке нарушены кавычки: кавычка внутри ячейки удваивается, а ячейка закрывается',
  },
  'row.json': { en: 'The row is not readable as JSON', ru: 'Строка не читается как JSON' },
  'row.not-an-object': { en: 'The row is not a JSON object', ru: 'Строка не является объектом JSON' },
  'row.no-text': { en: 'The row has neither text nor title', ru: 'В строке нет ни текста, ни заголовка' },
  'row.date': { en: 'The date “{value}” cannot be read', ru: 'Дату «{value}» не удалось прочитать' },
  'cell.date-implausible': {
    en: 'The date “{value}” cannot be true; the post goes in without a date',
    ru: 'Дата «{value}» невозможна; публикация загружается без даты',
  },
  'cell.number': {
    en: '“{value}” in “{column}” is not a number; it stays unknown',
    ru: '«{value}» в «{column}» не число; значение остаётся неизвестным',
  },
  'cell.rating': {
    en: 'The rating “{value}” is not between 1 and 5; it stays unknown',
    ru: 'Оценка «{value}» не от 1 до 5; она остаётся неизвестной',
  },
  'cell.url': {
    en: '“{value}” is not an address of a page; the post goes in without a link',
    ru: '«{value}» не адрес страницы; публикация загружается без ссылки',
  },
  'cell.word': {
    en: '“{value}” in “{column}” is unknown; it is left out',
    ru: 'Значение «{value}» в «{column}» неизвестно; оно пропущено',
  },
  'feed.url': {
    en: 'The address of the feed must begin with http:// or https://',
    ru: 'Адрес ленты должен начинаться с http:// или https://',
  },
  'feed.media': { en: 'The media type is one of {known}', ru: 'Тип площадки: {known}' },
  'feed.time-zone': {
    en: 'The time zone is unknown; write it like Europe/Moscow',
    ru: 'Часовой пояс неизвестен; пишите его так: Europe/Moscow',
  },
  'feed.signed-out': {
    en: 'The site asks for a sign-in (status {status}); ask for a public feed or put name and password into the address',
    ru: 'Сайт требует входа (ответ {status}); нужна открытая лента или имя и пароль в адресе',
  },
  'feed.full-text': {
    en: 'Whether to read the whole articles is yes or no',
    ru: 'Читать ли статьи целиком — да или нет',
  },
  'feed.gateway': {
    en: 'The gateway could not read the platform: {reason}',
    ru: 'Шлюз не смог прочитать площадку: {reason}',
  },
  'page.not-a-page': {
    en: 'This is no web page but {type}; paste the address of an article',
    ru: 'Это не веб-страница, а {type}; вставьте адрес статьи',
  },
  'page.no-article': {
    en: 'There is no article on this page that can be read without a browser',
    ru: 'На этой странице нет статьи, которую можно прочитать без браузера',
  },
  'feed.gone': { en: 'The site says that this feed no longer exists', ru: 'Сайт сообщает, что этой ленты больше нет' },
  'site.status': { en: 'The site answered with status {status}', ru: 'Сайт ответил кодом {status}' },
  'site.not-found': {
    en: 'The site has nothing at this address; check it',
    ru: 'По этому адресу на сайте ничего нет; проверьте его',
  },
  'feed.page': { en: 'This is a web page without a feed', ru: 'Это веб-страница, и ленты на ней нет' },
  'feed.page-with-feed': { en: 'This is a web page; its feed is {feed}', ru: 'Это веб-страница; её лента: {feed}' },
  'feed.unreadable': { en: 'The feed cannot be read: {reason}', ru: 'Ленту не удалось прочитать: {reason}' },
  'site.empty': { en: 'The site answered with an empty page', ru: 'Сайт ответил пустой страницей' },
  'site.too-large': { en: 'The answer is larger than {limit} MB', ru: 'Ответ больше {limit} МБ' },
  'site.url': {
    en: 'The address must begin with http:// or https://',
    ru: 'Адрес должен начинаться с http:// или https://',
  },
  'site.unreadable': { en: 'The answer cannot be read: {reason}', ru: 'Ответ не удалось прочитать: {reason}' },
  'site.page': {
    en: 'The site answered with a web page instead of data; perhaps it is being repaired, or asks whether we are human',
    ru: 'Вместо данных сайт показал веб-страницу: возможно, он на ремонте или проверяет, что мы люди',
  },
  'site.unexpected': {
    en: 'The answer has another form than the platform documents: {what}',
    ru: 'Ответ устроен иначе, чем описывает площадка: {what}',
  },
  'site.closed': {
    en: 'The site does not show this without a sign-in (status {status}); only what is public can be collected here',
    ru: 'Без входа сайт этого не показывает (ответ {status}); здесь собирается только открытое',
  },
  'feed.too-many-entries': {
    en: 'The feed has {found} entries; the first {limit} were read',
    ru: 'В ленте {found} записей; прочитаны первые {limit}',
  },
  'site.timed-out': { en: 'The site did not answer within {seconds} s', ru: 'Сайт не ответил за {seconds} с' },
  'site.unreachable': { en: 'The site cannot be reached: {reason}', ru: 'Сайт недоступен: {reason}' },
  'site.private': {
    en: 'The address leads into a private network; whoever runs Heed must allow this',
    ru: 'Адрес ведёт во внутреннюю сеть; это должен разрешить администратор Heed',
  },
  'site.redirects': { en: 'The site redirects in a circle', ru: 'Сайт перенаправляет по кругу' },
  'site.stopped': { en: 'The reading was stopped', ru: 'Чтение остановлено' },
  'telegram.channel': {
    en: 'Write the name of a public channel, like @durov or t.me/durov',
    ru: 'Напишите имя открытого канала, например @durov или t.me/durov',
  },
  'telegram.private': {
    en: 'This is an invitation to a private channel or group; only public channels can be collected here',
    ru: 'Это приглашение в закрытый канал или группу; здесь собираются только открытые каналы',
  },
  'telegram.gone': {
    en: 'Telegram has no public channel @{channel}: it was renamed, closed or deleted, or the name is mistyped',
    ru: 'В Telegram нет открытого канала @{channel}: его переименовали, закрыли или удалили, либо в имени опечатка',
  },
  'telegram.without-preview': {
    en: 'Telegram does not show @{channel} on the web: it is a group, or its posts open in the app only; Heed will look again',
    ru: 'Telegram не показывает @{channel} в вебе: это группа или её записи видны только в приложении; Heed проверит ещё раз',
  },
  'hackernews.wanted': {
    en: 'Write words to look for, or the address of a search, an account or a discussion on Hacker News',
    ru: 'Напишите слова для поиска или адрес поиска, участника или обсуждения на Hacker News',
  },
  'discourse.url': {
    en: 'Write the address of the forum, or of any page of it',
    ru: 'Напишите адрес форума или любой его страницы',
  },
  'site.gone': {
    en: 'The platform says that this is gone for good',
    ru: 'Площадка сообщает, что этого больше нет и не будет',
  },
  'mastodon.url': {
    en: 'Write #word@server, @name@server, or the address of a server, a hashtag or an account',
    ru: 'Напишите #слово@сервер, @имя@сервер или адрес сервера, хештега либо участника',
  },
  'mastodon.closed': {
    en: 'This server shows the timeline only to its own people; try the same hashtag on another server',
    ru: 'Этот сервер показывает ленту только своим участникам; попробуйте тот же хештег на другом сервере',
  },
  'bluesky.url': {
    en: 'Write bsky.app for everything, @name.bsky.social, a #tag or words, or the wss:// address of a Jetstream server',
    ru: 'Напишите bsky.app (тогда всё), @имя.bsky.social, #метку или слова либо адрес сервера Jetstream с wss://',
  },
  'bluesky.handle': {
    en: 'Write the name of the account, like acme.bsky.social',
    ru: 'Напишите имя аккаунта, например acme.bsky.social',
  },
  'bluesky.password': {
    en: 'Write an app password (Settings → Privacy and security → App passwords), like abcd-efgh-ijkl-mnop, not the account’s own',
    ru: 'Нужен пароль приложения (Настройки → Приватность и безопасность → Пароли приложений), вида abcd-efgh-ijkl-mnop, а не пароль аккаунта',
  },
  'bluesky.signed-out': {
    en: 'Bluesky does not accept this name and app password; make a new app password and connect the account again',
    ru: 'Bluesky не принимает это имя и пароль приложения; создайте новый пароль приложения и подключите аккаунт заново',
  },
  'bluesky.closed': {
    en: 'Bluesky gives this to accounts only; add the name of an account and its app password',
    ru: 'Bluesky даёт это только аккаунтам; добавьте имя аккаунта и его пароль приложения',
  },
  'bluesky.not-found': {
    en: 'Bluesky knows no such account, or it was closed; check the name',
    ru: 'Bluesky не знает такого аккаунта, или он закрыт; проверьте имя',
  },
  'bluesky.gap': {
    en: 'The server no longer has what was posted between {from} and {to} (UTC); collecting goes on after it',
    ru: 'У сервера больше нет того, что опубликовано с {from} до {to} (UTC); сбор продолжается после этого',
  },
  'bluesky.frame': {
    en: 'The server {server} sends something that is not Jetstream; it was left out',
    ru: 'Сервер {server} присылает то, что не похоже на Jetstream; это пропущено',
  },
  'bluesky.too-slow': {
    en: 'Jetstream ended the connection because Heed reads too slowly; it goes on where it stopped. If this repeats, give Heed more threads',
    ru: 'Jetstream закрыл соединение: Heed читает слишком медленно. Чтение продолжится с того же места; если это повторяется, дайте Heed больше потоков',
  },
  'bluesky.ended': {
    en: 'Jetstream ended the connection ({reason}); Heed connects again',
    ru: 'Jetstream закрыл соединение ({reason}); Heed подключается снова',
  },
  'stackexchange.wanted': {
    en: 'Write the address of a tag or of a search, like stackoverflow.com/questions/tagged/typescript',
    ru: 'Напишите адрес метки или поиска, например ru.stackoverflow.com/questions/tagged/typescript',
  },
  'stackexchange.refused': {
    en: 'Stack Exchange refused the question: {reason}',
    ru: 'Stack Exchange отклонил запрос: {reason}',
  },
  'gdelt.query': {
    en: 'Write words to look for, at least three letters, like "acme bank"',
    ru: 'Напишите слова для поиска, не меньше трёх букв, например "acme bank"',
  },
  'gdelt.refused': { en: 'GDELT refused the query: {reason}', ru: 'GDELT отклонил запрос: {reason}' },
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
  'reply.channel-failed': {
    en: 'Something broke on our side while it was sent; the log of the server knows more',
    ru: 'При отправке что-то сломалось у нас; подробности в журнале сервера',
  },
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
    en: 'The mail server does not take the name or the password: {reason}',
    ru: 'Почтовый сервер не принимает имя или пароль: {reason}',
  },
  'email.unreachable': {
    en: 'The mail server cannot be reached: {reason}',
    ru: 'Почтовый сервер недоступен: {reason}',
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
  'mastodon.server': {
    en: 'Write the server of the account, like mastodon.social',
    ru: 'Укажите сервер аккаунта, например mastodon.social',
  },
  'mastodon.token': {
    en: 'Write the access token: at the server under Preferences → Development → New application, with read and write:statuses',
    ru: 'Укажите токен доступа: на сервере в «Настройки → Разработчикам → Новое приложение», права read и write:statuses',
  },
  'mastodon.no-deleting': {
    en: 'This server knows no deleting through its API; delete the status on its page',
    ru: 'Через API этот сервер ничего не удаляет; удалите запись на его странице',
  },
  'mastodon.many-since': {
    en: 'The account wrote so much since that it cannot be told whether this reply is among it',
    ru: 'С тех пор аккаунт написал так много, что не понять, есть ли среди этого этот ответ',
  },
  'entry.unreadable': {
    en: 'The item has another form than the platform documents (“{field}”); it was left out',
    ru: 'Запись устроена иначе, чем описывает площадка («{field}»); она пропущена',
  },
  'entry.empty': { en: 'The entry has neither text nor title', ru: 'В записи нет ни текста, ни заголовка' },
  'entry.date': {
    en: 'The date “{value}” cannot be read or cannot be true; the entry goes in without a date',
    ru: 'Дата «{value}» не читается или невозможна; запись загружена без даты',
  },
} as const

/** A problem with its values shortened, because they come from outside and end up on a screen. */
export function problem(key: ProblemKey, values: { [name: string]: string | number } = {}): Problem {
  const short = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' && value.length > 100 ? `${value.slice(0, 99).toWellFormed()}…` : value,
  ])
  return { key, values: Object.fromEntries(short) }
}

export function isProblemKey(key: string): key is ProblemKey {
  return Object.hasOwn(sentences, key)
}

/** The sentence of a problem. */
export function tell(what: Problem, language: ProblemLanguage): string {
  return sentences[what.key][language].replace(/\{(\w+)\}/g, (_gap, name: string) => String(what.values[name] ?? ''))
}
