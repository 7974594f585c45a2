import { threadsProblems } from './threads/problems.ts'

/**
 * Something that could not be read, as a key with the values of its gaps, so that screens may say it in the person's
 * language. Every sentence of this room stands below, in both languages, and says what can be done about it.
 */
export type Problem = { key: ProblemKey; values: { [name: string]: string | number } }

export type ProblemKey = keyof typeof sentences
export type ProblemLanguage = 'en' | 'ru'

const sentences = {
  ...threadsProblems,
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
  'mastodon.stream-token': {
    en: 'The server does not take this access token; make a new one (Preferences → Development → New application, with read) and enter it, or leave it out',
    ru: 'Сервер не принимает этот токен доступа; создайте новый («Настройки → Разработчикам → Новое приложение», право read) и введите его или не указывайте вовсе',
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
  'help.by-settings': {
    en: 'The help page is connected by switching it on under Settings → Help page',
    ru: 'Страница помощи подключается сама, когда её включают в «Настройки → Страница помощи»',
  },
  'help.not-shown': {
    en: 'The help page is switched off, or what should be answered is not on it any more',
    ru: 'Страница помощи выключена, или того, на что отвечаем, на ней уже нет',
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
  'reply.many-since': {
    en: 'The account wrote so much since that it cannot be told whether this reply is among it',
    ru: 'С тех пор аккаунт написал так много, что не понять, есть ли среди этого этот ответ',
  },
  'site.any-page': {
    en: 'Write the address of the site, or of any page of it',
    ru: 'Напишите адрес сайта или любой его страницы',
  },
  'site.secretly': {
    en: 'Write the address of the site with https://: a password is not sent in the open',
    ru: 'Укажите адрес сайта с https://: пароль в открытом виде не передаётся',
  },
  'reply.other-site': {
    en: 'This account belongs to {site}, and what is answered stands on another site; choose the account of that site',
    ru: 'Этот аккаунт — с сайта {site}, а отвечаем мы на другом сайте; выберите аккаунт того сайта',
  },
  'reply.comments-closed': {
    en: 'Comments are closed there; open them on the site or answer in another way',
    ru: 'Комментарии там закрыты; откройте их на сайте или ответьте иначе',
  },
  'ghost.none': {
    en: 'There is no Ghost at this address; write the address of the site, or the one under which you open /ghost',
    ru: 'По этому адресу нет Ghost; укажите адрес сайта или тот, по которому открывается /ghost',
  },
  'ghost.key': {
    en: 'Ghost does not take this key. In Ghost open Settings → Integrations → Add custom integration, copy the Admin API key (24 signs, a colon, 64 signs) and enter it',
    ru: 'Ghost не принимает этот ключ. Откройте в Ghost «Settings → Integrations → Add custom integration», скопируйте Admin API key (24 знака, двоеточие, 64 знака) и введите его',
  },
  'ghost.comments-hidden': {
    en: 'This key may not read comments, or Ghost is older than version 6, so only articles come',
    ru: 'Этот ключ не даёт читать комментарии, или Ghost старше версии 6, поэтому приходят только статьи',
  },
  'ghost.member': {
    en: 'Replies are written by a member of the site: write the e-mail of one, and add them under Members in Ghost first if need be',
    ru: 'Отвечает участник сайта: укажите его почту; если такого ещё нет, добавьте его в Ghost в разделе Members',
  },
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
  'gateway.bridge': {
    en: 'This is the gateway itself; choose below what it should read',
    ru: 'Это сам шлюз; выберите ниже, что ему читать',
  },
  'gateway.none': {
    en: 'There is neither rss-bridge nor RSSHub at this address, or it keeps its list to itself; the finished address of a feed can still be entered',
    ru: 'По этому адресу нет ни rss-bridge, ни RSSHub, или список закрыт; готовый адрес ленты всё равно можно ввести',
  },
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
  'budget.none': {
    en: 'This platform costs money, and the project has no budget for it; set one on the page of the sources',
    ru: 'Эта площадка платная, а бюджета на неё у проекта нет; задайте его на странице источников',
  },
  'budget.spent': {
    en: 'The budget of the month is spent; it goes on on {until} (UTC), or at once when the budget is raised',
    ru: 'Бюджет месяца израсходован; сбор продолжится {until} (UTC) или сразу, как только бюджет увеличат',
  },
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
    en: 'The system no longer lets Heed in (status {status}); enter the access anew in Settings → Integrations, and everything that waits goes on',
    ru: 'Система больше не пускает Heed (код {status}); введите доступ заново в «Настройки → Интеграции», и всё, что ждёт, продолжится',
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
  'google.keys': {
    en: 'Copy client id, client secret and refresh token whole; docs/sources says how to get them',
    ru: 'Скопируйте client id, client secret и refresh token целиком; как их получить, описано в docs/sources',
  },
  'google.key-file': {
    en: 'Paste the whole key file of the service account (JSON, from Google Cloud → IAM → Service accounts → Keys)',
    ru: 'Вставьте файл ключа сервисного аккаунта целиком (JSON из Google Cloud → IAM → Service accounts → Keys)',
  },
  'google.signed-out': {
    en: 'Google does not accept the access any more ({reason}); agree once more and enter the new token',
    ru: 'Google больше не принимает доступ ({reason}); выдайте его ещё раз и введите новый токен',
  },
  'youtube.url': {
    en: 'Write words to look for, @name of a channel, or the address of a channel or a video on YouTube',
    ru: 'Напишите слова для поиска, @имя канала или адрес канала либо видео на YouTube',
  },
  'youtube.key': {
    en: 'YouTube does not accept the API key; make one in Google Cloud → APIs & Services → Credentials and enter it',
    ru: 'YouTube не принимает API-ключ; создайте его в Google Cloud → APIs & Services → Credentials и введите здесь',
  },
  'youtube.not-enabled': {
    en: 'YouTube Data API v3 is off in the Google Cloud project of the key; switch it on in its library of APIs',
    ru: 'В проекте Google Cloud этого ключа выключен YouTube Data API v3; включите его в библиотеке API',
  },
  'youtube.forbidden': { en: 'YouTube does not allow this: {reason}', ru: 'YouTube этого не разрешает: {reason}' },
  'youtube.refused': { en: 'YouTube refused the question: {reason}', ru: 'YouTube отклонил запрос: {reason}' },
  'youtube.not-found': {
    en: 'YouTube has no such channel, video or comment, or it is private; check the address',
    ru: 'На YouTube нет такого канала, видео или комментария, либо он скрыт; проверьте адрес',
  },
  'youtube.comments-off': {
    en: 'Comments are switched off there; Heed looks again now and then',
    ru: 'Комментарии там отключены; Heed будет иногда проверять снова',
  },
  'youtube.quota': {
    en: 'The day’s quota of YouTube is used up; it goes on at {until} (UTC). Google raises the quota on request',
    ru: 'Дневная квота YouTube исчерпана; сбор продолжится в {until} (UTC). Квоту можно увеличить по заявке в Google',
  },
  'youtube.no-channel': {
    en: 'This Google account has no channel on YouTube; agree as the one that owns the channel',
    ru: 'У этого аккаунта Google нет канала на YouTube; выдайте доступ от владельца канала',
  },
  'youtube.many-answers': {
    en: 'There are so many answers that it cannot be told whether this one is among them',
    ru: 'Ответов так много, что не понять, есть ли среди них этот',
  },
  'vk.wanted': {
    en: 'Write words to look for, the address of a community, a person or discussions like vk.com/acme or vk.com/board123, vk.com/feed?section=mentions, “topics” or “stream: words”',
    ru: 'Напишите слова для поиска, адрес сообщества, человека или обсуждений вида vk.com/acme или vk.com/board123, vk.com/feed?section=mentions, «topics» или «stream: слова»',
  },
  'vk.board-person': {
    en: 'In discussions VK lets only people write through programs; connect the key of an administrator and name the community',
    ru: 'В обсуждениях ВКонтакте даёт писать программам только от имени человека; подключите ключ администратора и укажите сообщество',
  },
  'vk.no-words': {
    en: 'The topics of this project have no words that VK could send by; write “stream: words” instead',
    ru: 'В темах проекта нет слов, по которым ВКонтакте мог бы присылать; напишите «stream: слова»',
  },
  'vk.rule-refused': {
    en: 'VK does not take the words “{rule}” as a rule ({reason}); what they would bring is missing from the stream',
    ru: 'ВКонтакте не принимает слова «{rule}» как правило ({reason}); того, что они принесли бы, в потоке нет',
  },
  'vk.stream-ended': {
    en: 'VK ended the stream ({reason}); Heed connects again and searches for what was said meanwhile',
    ru: 'ВКонтакте закрыл поток ({reason}); Heed подключается снова и ищет, что сказали за это время',
  },
  'vk.signed-out': {
    en: 'VK does not accept this key: it ran out, was taken back, or is of another kind. Make a new one and enter it here',
    ru: 'ВКонтакте не принимает этот ключ: он истёк, отозван или другого вида. Получите новый и введите его здесь',
  },
  'vk.too-fast': {
    en: 'Somebody else asks VK with the same key, and together it is more than three times a second; give Heed a key of its own',
    ru: 'С тем же ключом ВКонтакте спрашивает кто-то ещё, вместе чаще трёх раз в секунду; дайте Heed отдельный ключ',
  },
  'vk.flood': {
    en: 'VK finds that the same is asked too often; Heed waits a quarter of an hour',
    ru: 'ВКонтакте считает, что одно и то же спрашивают слишком часто; Heed подождёт четверть часа',
  },
  'vk.daily': {
    en: 'What VK allows this key in a day is used up; collecting goes on when it allows more. Another app has a limit of its own',
    ru: 'Дневной предел ВКонтакте для этого ключа исчерпан; сбор продолжится, когда он обновится. У другого приложения предел свой',
  },
  'vk.broken': {
    en: 'Something is broken at VK; Heed tries again by itself',
    ru: 'У ВКонтакте что-то сломалось; Heed попробует снова сам',
  },
  'vk.captcha': {
    en: 'VK wants to see that a person is there. Sign in to vk.com with this account and go on for a while by hand, or use a service key of an app: it is never asked this',
    ru: 'ВКонтакте хочет убедиться, что за ключом человек. Зайдите на vk.com под этим аккаунтом или используйте сервисный ключ приложения: у него такого не спрашивают',
  },
  'vk.closed': {
    en: 'VK does not show this to the key: the community or the wall is closed. A key of somebody who is a member may see it',
    ru: 'ВКонтакте не показывает это по такому ключу: сообщество или стена закрыты. Ключ участника может их видеть',
  },
  'vk.gone': {
    en: 'VK says that this page is deleted or blocked',
    ru: 'ВКонтакте сообщает, что эта страница удалена или заблокирована',
  },
  'vk.blocked': {
    en: 'VK has blocked what is shown here; Heed will look again',
    ru: 'ВКонтакте заблокировал то, что здесь публикуется; Heed проверит ещё раз',
  },
  'vk.private': {
    en: 'This profile is private: VK shows it to friends only',
    ru: 'Этот профиль закрыт: ВКонтакте показывает его только друзьям',
  },
  'vk.refused': { en: 'VK refused (error {code}): {reason}', ru: 'ВКонтакте отказал (ошибка {code}): {reason}' },
  'vk.not-found': {
    en: 'There is no community and no person called {name} on VK; check the address',
    ru: 'Во ВКонтакте нет сообщества или человека с адресом {name}; проверьте адрес',
  },
  'vk.comments-closed': {
    en: 'The comments of this post are closed to the key; its text is there',
    ru: 'Комментарии к этой записи по ключу не видны; сама запись собрана',
  },
  'vk.no-callback': {
    en: 'VK does not let the community’s key set up notices: it needs the right “Manage community”, and at most ten servers are allowed. Until then the wall is read as before',
    ru: 'Ключ сообщества не может включить уведомления: нужно право «Управление сообществом», и серверов может быть не больше десяти. Пока стена читается как прежде',
  },
  'vk.token': {
    en: 'Write the key: that of the community (Manage → API usage → Access keys), or of one of its administrators',
    ru: 'Укажите ключ: сообщества («Управление → Работа с API → Ключи доступа») или его администратора',
  },
  'vk.service': {
    en: 'This is no service key; it stands in the settings of the app at id.vk.com',
    ru: 'Это не сервисный ключ; он указан в настройках приложения на id.vk.com',
  },
  'vk.community': {
    en: 'Write the number of the community, like club123456',
    ru: 'Укажите номер сообщества, например club123456',
  },
  'vk.other-community': {
    en: 'The key belongs to another community; leave the number out or enter the key of this one',
    ru: 'Ключ принадлежит другому сообществу; не указывайте номер или введите ключ этого сообщества',
  },
  'vk.no-replies': {
    en: 'VK does not let this account comment there: comments are closed, or only members may write',
    ru: 'ВКонтакте не даёт этому аккаунту комментировать: комментарии закрыты или писать могут только участники',
  },
  'vk.no-links': {
    en: 'Links are forbidden in the comments there; take the link out and send it again',
    ru: 'Ссылки в комментариях там запрещены; уберите ссылку и отправьте снова',
  },
  'vk.too-many-replies': {
    en: 'VK finds that the account answers too often; the reply goes out in an hour',
    ru: 'ВКонтакте считает, что аккаунт отвечает слишком часто; ответ уйдёт через час',
  },
  'vk.no-look-up': {
    en: 'Whether the reply arrived, VK does not tell to a community’s key; look below the post, or enter the app’s service key with the account so that Heed can look',
    ru: 'Дошёл ли ответ, ключу сообщества ВКонтакте не сообщает; посмотрите под записью или добавьте к аккаунту сервисный ключ приложения, чтобы Heed мог проверить',
  },
  'vk.person-only': {
    en: 'With a community’s key VK lets nobody change or delete comments; do it on the page of the post, or connect the key of an administrator',
    ru: 'По ключу сообщества ВКонтакте не даёт менять и удалять комментарии; сделайте это под записью или подключите ключ администратора',
  },
  'ok.group': {
    en: 'Write the address of a group, like ok.ru/group/123456789',
    ru: 'Укажите адрес группы, например ok.ru/group/123456789',
  },
  'ok.signed-out': {
    en: 'Odnoklassniki does not accept the access token or the key of the app; make a new token and enter it here',
    ru: 'Одноклассники не принимают токен доступа или ключ приложения; получите новый токен и введите его здесь',
  },
  'ok.signature': {
    en: 'The secret key of the session does not belong to this access token; copy both anew, from the same page',
    ru: 'Секретный ключ сессии не от этого токена; скопируйте их заново вместе, с одной страницы',
  },
  'ok.not-allowed': {
    en: 'Odnoklassniki does not allow this to the app: it needs the rights VALUABLE_ACCESS and GROUP_CONTENT, which are asked for by letter, and its owner must help to run the group',
    ru: 'Одноклассники не разрешают это приложению: нужны права VALUABLE_ACCESS и GROUP_CONTENT (их запрашивают письмом), а владелец токена должен быть модератором группы',
  },
  'ok.not-found': {
    en: 'Odnoklassniki has no such group; check the address',
    ru: 'Такой группы в Одноклассниках нет; проверьте адрес',
  },
  'ok.broken': {
    en: 'Something is broken at Odnoklassniki; Heed tries again by itself',
    ru: 'У Одноклассников что-то сломалось; Heed попробует снова сам',
  },
  'ok.refused': {
    en: 'Odnoklassniki refused (error {code}): {reason}',
    ru: 'Одноклассники отказали (ошибка {code}): {reason}',
  },
  'ok.comments-closed': {
    en: 'The comments of this topic cannot be read; its text is there',
    ru: 'Комментарии к этой теме не читаются; сама тема собрана',
  },
  'telegram-bot.name': {
    en: 'Write the name of the bot, like @acme_bot',
    ru: 'Укажите имя бота, например @acme_bot',
  },
  'telegram-bot.token': {
    en: 'Write the token of the bot, as @BotFather gave it, like 123456:ABC…',
    ru: 'Укажите токен бота, который дал @BotFather, вида 123456:ABC…',
  },
  'telegram-bot.delivery': {
    en: 'Leave this empty, or write webhook',
    ru: 'Оставьте поле пустым или напишите webhook',
  },
  'telegram-bot.signed-out': {
    en: 'Telegram does not accept the token; ask @BotFather for a new one (/token) and enter it here',
    ru: 'Telegram не принимает токен; попросите у @BotFather новый (/token) и введите его здесь',
  },
  'telegram-bot.other': {
    en: 'This is the token of @{name}; write that name, or the token of the other bot',
    ru: 'Это токен бота @{name}; укажите это имя или токен другого бота',
  },
  'telegram-bot.conflict': {
    en: 'Another program reads the messages of this bot, and Telegram gives them to one only. Stop the other one, or make a bot for Heed with @BotFather',
    ru: 'Сообщения этого бота читает другая программа, а Telegram отдаёт их только одной. Остановите её или создайте для Heed отдельного бота у @BotFather',
  },
  'telegram-bot.webhook-active': {
    en: 'Telegram sends the messages of this bot to an address, so nobody can ask for them. Take the webhook back, or make a bot for Heed with @BotFather',
    ru: 'Сообщения этого бота Telegram отправляет на чужой адрес, поэтому запросить их нельзя. Снимите вебхук или создайте для Heed отдельного бота у @BotFather',
  },
  'telegram-bot.webhook-of-others': {
    en: 'The messages of this bot go to {host}, and Telegram gives them to one program only. Switch that off there, or make a bot for Heed with @BotFather',
    ru: 'Сообщения этого бота уходят на {host}, а Telegram отдаёт их только одной программе. Отключите это там или создайте для Heed отдельного бота у @BotFather',
  },
  'telegram-bot.no-address': {
    en: 'Telegram cannot reach Heed: it has no public address. Leave “Delivery” empty, and Heed asks Telegram instead',
    ru: 'Telegram не может достучаться до Heed: у него нет открытого адреса. Оставьте «Доставку» пустой — тогда Heed будет спрашивать сам',
  },
  'telegram-bot.not-reached': {
    en: 'Telegram tried to reach Heed and could not: {reason}. It keeps the messages for a day; check that the address of Heed can be opened from outside',
    ru: 'Telegram не смог достучаться до Heed: {reason}. Сообщения он хранит сутки; проверьте, что адрес Heed открывается снаружи',
  },
  'telegram-bot.refused': { en: 'Telegram refused: {reason}', ru: 'Telegram отказал: {reason}' },
  'telegram-bot.not-allowed': {
    en: 'Telegram does not let the bot write there: {reason}. Add it to the chat with the right to write, and send the reply again',
    ru: 'Telegram не даёт боту писать там: {reason}. Добавьте бота в чат с правом писать и отправьте ответ снова',
  },
  'telegram-bot.too-old': {
    en: 'Telegram lets bots change and delete messages for 48 hours only; do it in the app',
    ru: 'Менять и удалять сообщения боты могут только 48 часов; сделайте это в приложении',
  },
  'telegram-bot.no-look-up': {
    en: 'Whether the reply arrived, Telegram tells nobody; look into the chat and say what you saw',
    ru: 'Дошёл ли ответ, Telegram не сообщает; посмотрите в чат и отметьте, что увидели',
  },
  'webhook.name': {
    en: 'Name the system that will send, with at most 80 letters',
    ru: 'Назовите систему, которая будет присылать; не больше 80 знаков',
  },
  'facebook.url': {
    en: 'Write the name or the address of a page on Facebook, like facebook.com/acmebank',
    ru: 'Напишите имя или адрес страницы в Facebook, например facebook.com/acmebank',
  },
  'meta.keys': {
    en: 'Copy the access token of the page whole; one of a system user does not run out',
    ru: 'Скопируйте токен доступа страницы целиком; токен системного пользователя не истекает',
  },
  'meta.app-secret': {
    en: 'The app secret stands in the settings of the app under Basic: letters a–f and digits',
    ru: 'App secret указан в настройках приложения, раздел Basic: буквы a–f и цифры',
  },
  'meta.token': {
    en: 'Meta does not accept the token any more ({reason}); make a new one in the app and enter it here',
    ru: 'Meta больше не принимает токен ({reason}); создайте новый в приложении и введите его здесь',
  },
  'meta.permission': {
    en: 'The token lacks a right that Meta asks for: {reason}',
    ru: 'Токену не хватает права, которого требует Meta: {reason}',
  },
  'meta.refused': { en: 'Meta refused the request: {reason}', ru: 'Meta отклонила запрос: {reason}' },
  'meta.not-found': {
    en: 'Meta has nothing of this name, or the token may not see it; check the address and whose token it is',
    ru: 'В Meta такого нет, или токен этого не видит; проверьте адрес и чей это токен',
  },
  'meta.many-answers': {
    en: 'There are so many comments that it cannot be told whether this one is among them',
    ru: 'Комментариев так много, что не понять, есть ли среди них этот',
  },
  'app-store.url': {
    en: 'Write the address of the app in the App Store, like apps.apple.com/app/id1234567890',
    ru: 'Напишите адрес приложения в App Store, например apps.apple.com/app/id1234567890',
  },
  'app-store.issuer': {
    en: 'Copy the Issuer ID from App Store Connect → Users and Access → Integrations',
    ru: 'Скопируйте Issuer ID из App Store Connect → Users and Access → Integrations',
  },
  'app-store.key-id': {
    en: 'Copy the Key ID that stands beside the key, ten letters and digits',
    ru: 'Скопируйте Key ID рядом с ключом: десять букв и цифр',
  },
  'app-store.private-key': {
    en: 'Paste the whole file AuthKey_….p8, with the lines BEGIN and END',
    ru: 'Вставьте файл AuthKey_….p8 целиком, со строками BEGIN и END',
  },
  'app-store.signed-out': {
    en: 'Apple does not accept the key; make a new one in App Store Connect and enter it here',
    ru: 'Apple не принимает ключ; создайте новый в App Store Connect и введите его здесь',
  },
  'app-store.forbidden': {
    en: 'The key may not do that ({reason}); it needs the role Customer Support or higher',
    ru: 'Этому ключу такое не разрешено ({reason}); нужна роль Customer Support или выше',
  },
  'app-store.refused': { en: 'Apple refused the request: {reason}', ru: 'Apple отклонила запрос: {reason}' },
  'app-store.not-found': {
    en: 'This key knows no such app or review; check the address and whose key it is',
    ru: 'Этому ключу такое приложение или отзыв неизвестны; проверьте адрес и чей это ключ',
  },
  'google-play.url': {
    en: 'Write the address of the app on Google Play, or its name like com.acme.bank',
    ru: 'Напишите адрес приложения в Google Play или его имя, например com.acme.bank',
  },
  'google-play.forbidden': {
    en: 'The service account may not do that ({reason}); give it “Reply to reviews” in Play Console → Users and permissions',
    ru: 'Сервисному аккаунту это не разрешено ({reason}); дайте ему «Reply to reviews» в Play Console → Users and permissions',
  },
  'google-play.refused': {
    en: 'Google Play refused the request: {reason}',
    ru: 'Google Play отклонил запрос: {reason}',
  },
  'google-play.not-found': {
    en: 'This service account knows no such app or review; check the name and the rights in Play Console',
    ru: 'Этому сервисному аккаунту такое приложение или отзыв неизвестны; проверьте имя и права в Play Console',
  },
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
  'reddit.url': {
    en: 'Write words to look for, r/name of a subreddit, or the address of a subreddit or a search',
    ru: 'Напишите слова для поиска, r/имя сабреддита или адрес сабреддита либо поиска',
  },
  'reddit.owner': {
    en: 'Write the Reddit name of whoever answers for the app; Reddit wants to know it',
    ru: 'Укажите имя на Reddit того, кто отвечает за приложение: Reddit требует его называть',
  },
  'reddit.keys': {
    en: 'Copy client id, secret and refresh token whole; docs/sources/reddit.md says how to get them',
    ru: 'Скопируйте client id, secret и refresh token целиком; как их получить, описано в docs/sources/reddit.md',
  },
  'reddit.signed-out': {
    en: 'Reddit does not accept the app or its access any more ({reason}); look at it at reddit.com/prefs/apps',
    ru: 'Reddit больше не принимает приложение или доступ ({reason}); проверьте их на reddit.com/prefs/apps',
  },
  'reddit.closed': {
    en: 'Reddit does not show this to the app ({reason}): the subreddit is private, or the app is not approved for it',
    ru: 'Reddit не показывает это приложению ({reason}): сабреддит закрыт или приложение не одобрено',
  },
  'reddit.not-found': {
    en: 'Reddit has no such subreddit, or it was banned; check the name',
    ru: 'На Reddit нет такого сабреддита, или он заблокирован; проверьте имя',
  },
  'reddit.refused': { en: 'Reddit refused the question: {reason}', ru: 'Reddit отклонил запрос: {reason}' },
  'reddit.many-since': {
    en: 'The account wrote so much since that it cannot be told whether this reply is among it',
    ru: 'С тех пор аккаунт написал так много, что не понять, есть ли среди этого этот ответ',
  },
  'brave.query': {
    en: 'Write words to look for, up to 400 characters and 50 words',
    ru: 'Напишите слова для поиска, не больше 400 знаков и 50 слов',
  },
  'brave.country': {
    en: 'The country is two letters, like DE, or nothing for all',
    ru: 'Страна — две буквы, например DE; пусто — все страны',
  },
  'brave.key': {
    en: 'Brave does not accept the API key; copy it anew from its dashboard',
    ru: 'Brave не принимает API-ключ; скопируйте его заново из личного кабинета',
  },
  'brave.no-credit': {
    en: 'The credit or the limit at Brave is used up; raise it there. Heed tries again in six hours',
    ru: 'Деньги или лимит в Brave исчерпаны; увеличьте их там. Heed попробует снова через шесть часов',
  },
  'brave.refused': { en: 'Brave refused the question: {reason}', ru: 'Brave отклонил запрос: {reason}' },
  'google-business.url': {
    en: 'Write the place as accounts/…/locations/…, as Google’s API names it',
    ru: 'Укажите место в виде accounts/…/locations/…, как его называет API Google',
  },
  'google-business.not-approved': {
    en: 'Google has not approved this project for the Business Profile API yet (its quota is 0); ask for access in Google Cloud',
    ru: 'Google ещё не одобрил этот проект для Business Profile API (квота 0); запросите доступ в Google Cloud',
  },
  'google-business.forbidden': {
    en: 'This person does not manage the place, or the API is off: {reason}',
    ru: 'Этот человек не управляет местом, или API выключен: {reason}',
  },
  'google-business.refused': { en: 'Google refused the request: {reason}', ru: 'Google отклонил запрос: {reason}' },
  'google-business.not-found': {
    en: 'Google knows no such place or review, or it is not shown to this person; check the address',
    ru: 'Google не знает такого места или отзыва либо не показывает их этому человеку; проверьте адрес',
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
