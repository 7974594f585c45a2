import { isProblemKey, tell } from '../../listen/connectors/problems.ts'

export type Values = { [name: string]: string | number }

/** The sentence of this key with its gaps filled; a key without a sentence says `otherwise`. */
export function say(key: string, values: Values, locale: 'en' | 'ru', otherwise: string): string {
  const sentence = sentences[key]?.[locale] ?? (isProblemKey(key) ? tell({ key, values }, locale) : otherwise)
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap))
}

/** What the API says to people, by the key of the mistake. Russian with «ёлочки», no blame, and what to do. */
const sentences: { [key: string]: { en: string; ru: string } | undefined } = {
  // Titles of the statuses.
  'status-400': { en: 'The request cannot be read', ru: 'Запрос не прочитать' },
  'status-401': { en: 'Not signed in', ru: 'Вход не выполнен' },
  'status-403': { en: 'Refused', ru: 'Отказано' },
  'status-404': { en: 'Not found', ru: 'Не найдено' },
  'status-410': { en: 'No longer there', ru: 'Больше не действует' },
  'status-413': { en: 'Too large', ru: 'Слишком много' },
  'status-415': { en: 'Not JSON', ru: 'Не JSON' },
  'status-422': { en: 'Please correct', ru: 'Нужно исправить' },
  'status-429': { en: 'Too many tries', ru: 'Слишком много попыток' },
  'status-500': { en: 'Our mistake', ru: 'Наша ошибка' },
  'status-502': { en: 'The other side gave nothing usable', ru: 'Другая сторона не дала того, что нужно' },
  'status-503': { en: 'Too busy for the moment', ru: 'Сейчас слишком много дел' },
  'status-504': { en: 'The other side took too long', ru: 'Другая сторона не ответила вовремя' },

  // The door.
  'not-found': {
    en: 'There is nothing at this address, or you have no right to see it',
    ru: 'По этому адресу ничего нет, или у вас нет права это видеть',
  },
  'signed-out': { en: 'Please sign in', ru: 'Войдите, пожалуйста' },
  'key-unknown': { en: 'This API key does not exist or was removed', ru: 'Такого ключа API нет, или его отозвали' },
  'foreign-origin': {
    en: 'The request came from another site and was refused',
    ru: 'Запрос пришёл с чужого сайта и отклонён',
  },
  'body-too-large': { en: 'The request is larger than allowed', ru: 'Запрос больше допустимого' },
  'body-too-deep': {
    en: 'The JSON is nested deeper than {maximum} levels',
    ru: 'JSON вложен глубже {maximum} уровней',
  },
  'body-unreadable': { en: 'The body is not readable JSON', ru: 'Тело запроса — не JSON' },
  'zero-character': {
    en: 'The text contains a zero character, which cannot be stored',
    ru: 'В тексте есть нулевой символ, его нельзя сохранить',
  },
  'half-character': {
    en: 'The text contains half of a character; it was probably cut in the middle',
    ru: 'В тексте половина символа: похоже, его разрезали посередине',
  },
  'body-not-json': {
    en: 'The body must be JSON, with content-type: application/json',
    ru: 'Тело запроса должно быть JSON с content-type: application/json',
  },
  'our-mistake': {
    en: 'Something broke on our side; the log of the server knows more',
    ru: 'Что-то сломалось у нас; подробности в журнале сервера',
  },

  // Pictures of mentions.
  'image-gone': {
    en: 'The platform does not have this picture any more; it was deleted, or its address has run out',
    ru: 'На площадке этой картинки больше нет: её удалили, или срок её ссылки истёк',
  },
  'image-refused': {
    en: 'The platform does not give this picture to Heed; its address may have run out',
    ru: 'Площадка не отдаёт эту картинку Heed; возможно, срок её ссылки истёк',
  },
  'image-not-an-image': {
    en: 'What lies at the address is not a picture that Heed shows: JPEG, PNG, GIF, WebP or AVIF',
    ru: 'По этому адресу не та картинка, какие показывает Heed: JPEG, PNG, GIF, WebP или AVIF',
  },
  'image-too-large': {
    en: 'The picture is larger than Heed fetches',
    ru: 'Картинка больше, чем загружает Heed',
  },
  'image-too-slow': {
    en: 'The platform did not send the picture in time; try again later',
    ru: 'Площадка не прислала картинку вовремя; попробуйте позже',
  },
  'image-private': {
    en: 'The address of the picture leads into a private network, so Heed does not go there',
    ru: 'Адрес картинки ведёт в закрытую сеть, туда Heed не ходит',
  },
  'image-unreachable': {
    en: 'The server that keeps the picture does not answer',
    ru: 'Сервер с картинкой не отвечает',
  },
  'image-busy': {
    en: 'Too many pictures are being fetched from there; try again in a moment',
    ru: 'Оттуда загружают слишком много картинок сразу; попробуйте чуть позже',
  },

  // The shape of what came.
  'invalid-missing': { en: '“{field}” is needed', ru: 'Заполните «{field}»' },
  'invalid-type': { en: '“{field}” must be of type {expected}', ru: 'Тип поля «{field}» должен быть {expected}' },
  'invalid-too-long': {
    en: '“{field}” can have at most {maximum} characters',
    ru: 'В «{field}» не больше {maximum} знаков',
  },
  'invalid-too-short': {
    en: '“{field}” needs at least {minimum} characters',
    ru: 'В «{field}» не меньше {minimum} знаков',
  },
  'invalid-too-many': {
    en: '“{field}” can have at most {maximum} items',
    ru: 'В «{field}» не больше {maximum} элементов',
  },
  'invalid-too-few': {
    en: '“{field}” needs at least {minimum} items',
    ru: 'В «{field}» не меньше {minimum} элементов',
  },
  'invalid-too-big': { en: '“{field}” can be at most {maximum}', ru: '«{field}» не больше {maximum}' },
  'invalid-too-small': { en: '“{field}” must be at least {minimum}', ru: '«{field}» не меньше {minimum}' },
  'invalid-choice': { en: '“{field}” must be one of: {choices}', ru: '«{field}» — одно из: {choices}' },
  'invalid-email': { en: 'This does not look like an email address', ru: 'Это не похоже на адрес почты' },
  'invalid-moment': {
    en: '“{field}” must be a moment like 2026-03-02T10:00:00Z',
    ru: '«{field}» — момент вида 2026-03-02T10:00:00Z',
  },
  'invalid-form': {
    en: '“{field}” does not have the form that is needed',
    ru: '«{field}» не того вида, который нужен',
  },
  'cursor-unknown': { en: 'This page address is not one that Heed gave out', ru: 'Такой страницы Heed не выдавал' },

  // Team.
  'sign-in-wrong': { en: 'Email or password is wrong', ru: 'Почта или пароль не подходят' },
  'second-factor-wrong': {
    en: 'This code is not right; take the one your app shows now, or a recovery code',
    ru: 'Код не подошёл: введите тот, что приложение показывает сейчас, или запасной',
  },
  'second-factor-used': {
    en: 'This code was tried already; wait for the next one of your app',
    ru: 'Этот код уже вводили: дождитесь следующего в приложении',
  },
  'second-factor-expired': {
    en: 'Too much time or too many wrong codes; begin signing in anew',
    ru: 'Прошло слишком много времени или было слишком много неверных кодов: начните вход заново',
  },
  'second-factor-needs-password': {
    en: 'The second factor stands beside a password; set a password first',
    ru: 'Второй фактор дополняет пароль: сначала задайте пароль',
  },
  'second-factor-changed': {
    en: 'The second factor was changed in another window; load the page again',
    ru: 'Второй фактор изменили в другом окне: обновите страницу',
  },
  'password-wrong': { en: 'This is not your password', ru: 'Это не ваш пароль' },
  'sign-in-too-many': {
    en: 'Too many wrong tries; please wait {seconds} s',
    ru: 'Слишком много неудачных попыток; подождите {seconds} с',
  },
  'link-used-up': {
    en: 'This link was used already or has expired; ask for a fresh one',
    ru: 'Эта ссылка уже использована или истекла; попросите новую',
  },
  'password-too-short': {
    en: 'A password needs at least {minimum} characters',
    ru: 'В пароле не меньше {minimum} знаков',
  },
  'password-current-wrong': {
    en: 'The current password is needed, and this is not it',
    ru: 'Нужен нынешний пароль, а этот не подходит',
  },
  'email-taken': { en: 'Somebody here has this email already', ru: 'Эта почта здесь уже занята' },
  'role-above-own': {
    en: 'You cannot give or take a role above your own',
    ru: 'Нельзя дать или отнять роль выше своей',
  },
  'member-already': { en: '{email} is a member already', ru: '{email} уже в команде' },
  'link-needs-head': {
    en: 'Only the head of the installation can make a link for {name}',
    ru: 'Ссылку для «{name}» может сделать только руководитель установки',
  },
  'time-zone-unknown': {
    en: 'There is no time zone “{timeZone}”; write it like Europe/Moscow',
    ru: 'Нет часового пояса «{timeZone}»; пишите как Europe/Moscow',
  },

  // Topics and queries.
  // Its two values are the parser's own sentence in both languages.
  'query-broken': { en: '{en}', ru: '{ru}' },
  'topic-not-a-number': {
    en: 'Topics are given by their numbers, with commas between',
    ru: 'Темы указывают номерами через запятую',
  },
  'source-not-a-number': {
    en: 'Here sources are given by their numbers, with commas between',
    ru: 'Источники здесь указывают номерами через запятую',
  },
  'sign-unknown': {
    en: '“{sign}” is not known here; there are {known}',
    ru: 'Признака «{sign}» нет; есть {known}',
  },
  'topic-name-taken': { en: 'A topic “{name}” is already there', ru: 'Тема «{name}» уже есть' },

  'list-name': {
    en: 'Name the list with letters, digits, hyphens and underscores, at most 60 of them: bank-slang',
    ru: 'Назовите список буквами, цифрами, дефисами и подчёркиваниями, не больше 60 знаков: bank-slang',
  },
  'category-set-taken': { en: 'A set “{name}” is already there', ru: 'Набор «{name}» уже есть' },
  'category-twice': {
    en: '“{name}” stands there twice; every category needs a name of its own',
    ru: '«{name}» есть дважды; у каждой категории должно быть своё имя',
  },
  'category-count': {
    en: 'A set needs at least two categories, and at most {most}',
    ru: 'В наборе должно быть от двух до {most} категорий',
  },

  'list-used': {
    en: '“{name}” is used by: {users}. Take list:{name} out of there first',
    ru: '«{name}» используют: {users}. Сначала уберите оттуда list:{name}',
  },

  // Playbooks and rules.
  'playbook-empty': { en: 'A playbook has at least one step', ru: 'В сценарии должен быть хотя бы один шаг' },
  'playbook-not-approved': {
    en: '“{name}” has not been approved yet; ask whoever manages the project',
    ru: 'Сценарий «{name}» ещё не согласован; попросите того, кто ведёт проект',
  },
  'play-over': { en: 'This playbook is over; begin it anew', ru: 'Этот сценарий завершён; начните его заново' },
  'rule-does-nothing': { en: 'Say what is to be done', ru: 'Укажите, что сделать' },
  'rule-ticket-there': {
    en: 'There is a ticket already when this happens; take “open a ticket” out',
    ru: 'Когда это происходит, тикет уже есть; уберите «открыть тикет»',
  },
  'rule-no-ticket': {
    en: 'The mention has no ticket; let the rule open one first',
    ru: 'У упоминания нет тикета; пусть правило сначала его откроет',
  },
  'rule-no-mention': { en: 'The ticket has no mention any more', ru: 'В тикете больше нет упоминаний' },
  'rule-nobody-to-tell': {
    en: 'Nobody who was to be told works in the project any more',
    ru: 'Никто из тех, кому надо было написать, больше не работает в проекте',
  },
  'rule-thing-gone': {
    en: 'What the rule names is not there any more; change the rule',
    ru: 'Того, что названо в правиле, больше нет; измените правило',
  },

  // Sources, imports and exports.
  'budget-for-nothing': {
    en: 'This platform costs nothing, so it needs no budget',
    ru: 'Эта площадка бесплатная, бюджет ей не нужен',
  },
  'platform-unknown': { en: 'There is no platform “{platform}”', ru: 'Нет площадки «{platform}»' },
  'source-field-missing': { en: 'This is needed, too', ru: 'Это тоже нужно указать' },
  'source-field-unknown': {
    en: 'This platform asks for no “{name}”',
    ru: 'Эта площадка не спрашивает «{name}»',
  },
  'source-already-there': { en: 'This source is already there', ru: 'Такой источник уже есть' },
  'upload-too-large': {
    en: 'The file is larger than {megabytes} MB; split it or raise the limit',
    ru: 'Файл больше {megabytes} МБ; разделите его или поднимите предел',
  },
  'upload-gone': {
    en: 'The import of this file has ended, and the file was removed; upload it again to read it anew',
    ru: 'Загрузка этого файла закончилась, и сам файл удалён; чтобы прочитать его снова, загрузите его ещё раз',
  },
  'upload-name': {
    en: 'Send the name of the file in the header X-File-Name',
    ru: 'Укажите имя файла в заголовке X-File-Name',
  },
  'import-begun': {
    en: 'The import has begun already; its columns can no longer change',
    ru: 'Загрузка уже началась; столбцы больше не поменять',
  },
  'import-column-unknown': { en: 'The file has no column {index}', ru: 'В файле нет столбца {index}' },
  'import-field-unknown': { en: '“{field}” is not a field of a mention', ru: '«{field}» — не поле упоминания' },
  'export-too-large': {
    en: 'That is {found} mentions, more than {limit}; narrow the filter',
    ru: 'Это {found} упоминаний, больше {limit}; сузьте фильтр',
  },

  // Tickets.
  'ticket-closed': {
    en: 'The ticket is closed; open it again first',
    ru: 'Обращение закрыто; сначала откройте его снова',
  },
  'ticket-mentions-elsewhere': {
    en: 'These mentions already belong to different tickets: {tickets}',
    ru: 'Эти упоминания уже в разных обращениях: {tickets}',
  },
  'ticket-went-on': {
    en: 'A mention of this ticket has begun ticket {ticket} meanwhile; go on there',
    ru: 'С упоминания из этого обращения уже начато обращение {ticket}; продолжайте там',
  },
  'ticket-assignee-unknown': {
    en: 'Only members of the project can have its tickets',
    ru: 'Назначить можно только участника проекта',
  },
  'ticket-watcher-unknown': {
    en: 'Only members of the project can watch its tickets',
    ru: 'Наблюдать за обращениями могут только участники проекта',
  },
  'ticket-overtaken': {
    en: '{who} changed this a moment ago; look at it and decide again',
    ru: 'Только что это уже сделано другими ({who}); посмотрите и решите ещё раз',
  },
  'ticket-queue-unknown': { en: 'This project has no such queue', ru: 'В проекте нет такой очереди' },
  'ticket-name-taken': {
    en: '“{name}” is there already; choose another name',
    ru: '«{name}» уже есть; выберите другое имя',
  },
  'ticket-field-no-choice': { en: 'Write at least one choice', ru: 'Впишите хотя бы один вариант' },
  'ticket-field-wants-text': { en: 'Write something into “{field}”', ru: 'Впишите что-нибудь в поле «{field}»' },
  'ticket-field-wants-number': { en: '“{field}” holds a number', ru: 'В поле «{field}» нужно число' },
  'ticket-field-wants-choice': {
    en: '“{field}” is one of: {choices}',
    ru: 'В поле «{field}» бывает только: {choices}',
  },
  'ticket-field-wants-flag': { en: '“{field}” is yes or no', ru: 'Поле «{field}» — это «да» или «нет»' },
  'ticket-field-wants-date': {
    en: '“{field}” is a date like 2026-05-31',
    ru: 'В поле «{field}» нужна дата, например 2026-05-31',
  },
  'ticket-merge-itself': { en: 'Choose another ticket to merge with', ru: 'Выберите другое обращение для объединения' },
  'ticket-merged-away': {
    en: 'Ticket {id} was merged into {ticket}; go on there, or take the merge back',
    ru: 'Обращение {id} объединено с {ticket}; продолжайте там или отмените объединение',
  },
  'ticket-split-all': {
    en: 'Leave at least one mention in the ticket',
    ru: 'Оставьте в обращении хотя бы одно упоминание',
  },
  'ticket-move-went-on': {
    en: 'The mentions have gone on since; take the later step back first',
    ru: 'С этими упоминаниями уже сделали что-то ещё; сначала отмените более поздний шаг',
  },
  'ticket-link-itself': { en: 'Choose another ticket to link with', ru: 'Выберите другое обращение для связи' },
  'calendar-zone': { en: 'There is no time zone “{timeZone}”', ru: 'Нет часового пояса «{timeZone}»' },
  'calendar-empty': {
    en: 'At least one day of the week has to be worked',
    ru: 'Хотя бы один день недели должен быть рабочим',
  },
  'calendar-block': {
    en: 'Working time has to end after it begins, within one day',
    ru: 'Рабочее время должно заканчиваться позже начала и в тот же день',
  },
  'policy-promises-nothing': { en: 'Promise at least one time', ru: 'Пообещайте хотя бы одно время' },
  'incident-solved': {
    en: 'This incident is solved; begin a new one, or open it again',
    ru: 'Этот инцидент решён; начните новый или откройте его снова',
  },
  'nobodys-turn': {
    en: 'Nobody who works now fits this ticket and has room; choose somebody yourself',
    ru: 'Сейчас на смене нет никого, кому подходит это обращение и у кого есть место; выберите исполнителя сами',
  },
  'ticket-filter-unknown': { en: 'There is no ticket status “{status}”', ru: 'Нет статуса обращения «{status}»' },
  // Replies.
  'reply-changed': {
    en: 'The text has changed meanwhile; read it again first',
    ru: 'Текст уже изменился; сначала прочитайте его снова',
  },
  'reply-past': {
    en: 'The reply is past this step; look at it again',
    ru: 'Ответ уже на другом шаге; посмотрите на него снова',
  },
  'reply-empty': { en: 'There is nothing to send yet', ru: 'Отправлять пока нечего' },
  'reply-mention-elsewhere': {
    en: 'This mention does not belong to the ticket',
    ru: 'Это упоминание не из этого обращения',
  },
  'reply-by-hand': {
    en: 'This platform is answered by hand: copy the reply and open the mention',
    ru: 'На этой площадке отвечают вручную: скопируйте ответ и откройте упоминание',
  },
  'reply-on-its-way': { en: 'It is on its way already', ru: 'Ответ уже отправляется' },
  'reply-needs-approval': {
    en: 'Replies of this project are approved before they go out',
    ru: 'В этом проекте ответы сначала согласуют',
  },
  'reply-no-approval': {
    en: 'Replies of this project need no approval; send it',
    ru: 'В этом проекте согласование не нужно; отправляйте',
  },
  'reply-approve-other': {
    en: 'This step is for somebody who has not worked on the reply yet',
    ru: 'Этот шаг — для того, кто над ответом ещё не работал',
  },
  'reply-step-approved': {
    en: '{name} has approved this step already',
    ru: 'Этот шаг уже согласован: {name}',
  },
  'reply-step-returned': {
    en: '{name} has given the reply back already',
    ru: 'Ответ уже возвращён: {name}',
  },
  'reply-ticket-changed': {
    en: 'The ticket has changed since this reply was begun; look at what changed first',
    ru: 'С начала этого ответа обращение изменилось; сначала посмотрите, что нового',
  },
  // Its two values are the reason of a check in both languages.
  'reply-warned': { en: '{en}', ru: '{ru}' },
  'reply-no-edit': { en: 'This platform has no editing', ru: 'На этой площадке ответ не исправить' },
  'reply-no-remove': {
    en: 'Heed cannot delete there; do it at the platform',
    ru: 'Оттуда Heed удалить не может; сделайте это на площадке',
  },
  'reply-out-of-reach': {
    en: 'Heed cannot reach this reply; open it at the platform',
    ru: 'Этот ответ Heed недоступен; откройте его на площадке',
  },

  // Knowledge.
  'article-overtaken': {
    en: '{who} wrote a newer version meanwhile; compare it with yours and save again',
    ru: 'Тем временем новую версию записал(а) {who}; сравните её со своей и сохраните ещё раз',
  },
  'article-owner-unknown': {
    en: 'Only members of the project can own its articles',
    ru: 'Отвечать за статью может только участник проекта',
  },
  'expert-question-over': {
    en: 'This question is answered already, was taken back, or its link has ended; write to whoever sent it to you',
    ru: 'На этот вопрос уже ответили, его отозвали, или срок ссылки вышел; напишите тому, кто её прислал',
  },
  'outcome-question-over': {
    en: 'This question has ended; write to us where you wrote before, and we will go on helping',
    ru: 'Срок этого вопроса вышел; напишите нам там же, где писали раньше, — мы продолжим помогать',
  },
  'consent-refused': {
    en: 'This person has refused to be passed on to other systems; their card says when and how',
    ru: 'Человек отказался от передачи своих данных в другие системы; когда и как — в его карточке',
  },
  'model-none': {
    en: 'No language model is set; whoever runs this copy names one in HEED_LLM_URL',
    ru: 'Языковая модель не задана; её указывает в HEED_LLM_URL тот, кто обслуживает эту установку',
  },
  'model-language': { en: 'There is no such language', ru: 'Такого языка нет' },
  'model-failed': {
    en: 'The language model at {host} gave no usable answer ({reason}); what you wrote is as it was',
    ru: 'Языковая модель на {host} не дала пригодного ответа ({reason}); написанное вами не изменилось',
  },
  'draft-no-ground': {
    en: 'No article answers this; ask an expert, or write it yourself',
    ru: 'Ни одна статья на это не отвечает; спросите эксперта или напишите ответ сами',
  },
  'public-too-often': {
    en: 'Many requests come from your network; please try again in {seconds} s. Nothing you wrote is lost',
    ru: 'Из вашей сети много запросов; попробуйте ещё раз через {seconds} с. Написанное не пропало',
  },
  'variable-unknown': {
    en: 'There is no variable {name}; choose one from the list, or write the words out',
    ru: 'Переменной {name} нет; выберите её из списка или напишите словами',
  },
  'period-empty': { en: 'The period must begin before it ends', ru: 'Начало периода должно быть раньше конца' },

  // What the commands say.
  'learn-no-row': {
    en: 'There is no row with a label and a text to learn from',
    ru: 'Учиться не на чем: нет ни одной строки с меткой и текстом',
  },
  'learn-one-label': {
    en: 'Every row has the label “{label}”; at least two labels are needed to tell texts apart',
    ru: 'У всех строк одна метка, «{label}»; чтобы различать тексты, нужны хотя бы две',
  },
  'learn-too-many-labels': {
    en: 'The rows have {found} different labels, and at most {most} can be learnt; is the right column the label?',
    ru: 'В строках {found} разных меток, а выучить можно не больше {most}; верно ли выбран столбец с меткой?',
  },
  'learn-too-long': {
    en: 'The file has more than {millions} million letters, which is reached after {rows} rows; learn from a part of it',
    ru: 'В файле больше {millions} млн букв, и столько набирается за {rows} строк; возьмите его часть',
  },
  'model-broken': {
    en: '{path} is not a model that heed learn wrote, or it is damaged; make it anew with heed learn',
    ru: '{path} — не модель от heed learn, или файл повреждён; создайте её заново через heed learn',
  },
  'data-dir-in-use': {
    en: 'The data directory {dir} is in use by process {pid}',
    ru: 'Каталог данных {dir} занят процессом {pid}',
  },
  'data-dir-unusable': {
    en: 'Nothing can be written in the data directory {dir} ({reason}); name another one with --data',
    ru: 'В каталог данных {dir} нельзя писать ({reason}); укажите другой через --data',
  },
  'address-taken': {
    en: 'Another program listens at {host}:{port}; end it, or choose another port with --port',
    ru: 'Адрес {host}:{port} занят другой программой; остановите её или укажите другой порт через --port',
  },
  'address-refused': {
    en: 'This machine does not let Heed listen at {host}:{port} ({reason}); choose another address with HEED_HOST and --port',
    ru: 'Слушать {host}:{port} на этой машине нельзя ({reason}); укажите другой адрес через HEED_HOST и --port',
  },
  'project-unknown': { en: 'There is no project “{project}”', ru: 'Нет проекта «{project}»' },
  'backup-target-taken': {
    en: '{dir} is already there; name a new folder',
    ru: '{dir} уже есть; назовите новую папку',
  },
  'backup-target-unusable': {
    en: 'Nothing can be written in {dir} ({reason}); name a folder elsewhere',
    ru: 'В каталог {dir} нельзя писать ({reason}); назовите папку в другом месте',
  },
  'backup-unreadable': { en: '{dir} is not a backup of Heed', ru: '{dir} — не резервная копия Heed' },
  'backup-damaged': {
    en: 'The backup is damaged: {path} is not what it was; take another one',
    ru: 'Копия повреждена: файл {path} не тот, что был; возьмите другую',
  },
  'backup-newer': {
    en: 'The backup was made by a newer Heed; update this one first',
    ru: 'Копия сделана более новым Heed; сначала обновите этот',
  },
  'restore-not-empty': {
    en: 'There is data already; a backup is restored into an empty directory and empty databases',
    ru: 'Данные уже есть; копию возвращают в пустой каталог и пустые базы',
  },

  // The help page.
  'help-slug': {
    en: 'The address has 2 to 60 small Latin letters, digits and hyphens, such as acme-help',
    ru: 'В адресе 2–60 строчных латинских букв, цифр и дефисов, например acme-help',
  },
  'help-slug-taken': {
    en: 'Another project has this address; choose a different one',
    ru: 'Этот адрес занят другим проектом; выберите иной',
  },
  'help-merge-target': {
    en: 'Choose another topic that everybody can read',
    ru: 'Выберите другую тему, которую видят все',
  },
  'help-topic-only': {
    en: 'Only a topic can be this, not a comment',
    ru: 'Так можно только с темой, не с комментарием',
  },
  'help-answer-elsewhere': {
    en: 'Our own answers are edited and removed beside their ticket',
    ru: 'Наши ответы правят и удаляют в тикете',
  },

  // Webhooks and alarms.
  'push-too-often': {
    en: 'Too many requests in a minute; send several items at once, and come again in {seconds} s',
    ru: 'Слишком много запросов за минуту; присылайте записи пачками и зайдите снова через {seconds} с',
  },
  'webhook-url': {
    en: 'Write the whole address, beginning with https://, without a name and password',
    ru: 'Укажите полный адрес, начиная с https://, без имени и пароля',
  },
  'webhooks-enough': {
    en: 'A project has at most {most} webhooks; remove one first',
    ru: 'В проекте не больше {most} вебхуков; сначала удалите лишний',
  },
  'webhook-secret-lost': {
    en: 'The secret cannot be read any more; make a new one',
    ru: 'Секрет больше не прочитать; выпустите новый',
  },
  'alarms-enough': {
    en: 'A project has at most {most} alarm channels; remove one first',
    ru: 'В проекте не больше {most} каналов тревог; сначала удалите лишний',
  },
  'alarm-addresses': {
    en: 'Write one to twenty addresses, with commas between',
    ru: 'Укажите от одного до двадцати адресов через запятую',
  },
  'alarm-token': {
    en: 'Paste the token as @BotFather gave it: 123456:ABC…',
    ru: 'Вставьте токен так, как его дал @BotFather: 123456:ABC…',
  },
  'alarm-chat': {
    en: 'Write the number of the chat (of a group it begins with a minus) or the @name of a channel',
    ru: 'Укажите номер чата (у группы он начинается с минуса) или @имя канала',
  },
  'alarm-slack': {
    en: 'Paste the address of the incoming webhook, like https://hooks.slack.com/services/…',
    ru: 'Вставьте адрес входящего вебхука вида https://hooks.slack.com/services/…',
  },
  'alarm-quiet': {
    en: 'Quiet hours need a beginning and an end',
    ru: 'У тихих часов должны быть начало и конец',
  },
  'alarm-test': {
    en: 'A test of alarms of “{project}”: they arrive here',
    ru: 'Проверка тревог проекта «{project}»: они приходят сюда',
  },

  // Integrations.
  'integration-choice': {
    en: 'Choose among what the system lists; press Test to read its lists anew',
    ru: 'Выберите из того, что есть в системе; «Проверить» перечитает её списки',
  },
  'integration-no-place': {
    en: 'The system lists no place to put a ticket; give the account the right to create there and press Test',
    ru: 'В системе нет места для обращения; дайте аккаунту право создавать и нажмите «Проверить»',
  },
  'integration-busy': {
    en: 'Heed is speaking with this system right now; try again in a minute',
    ru: 'Heed сейчас обменивается с этой системой; попробуйте через минуту',
  },
  'integration-exchange-over': {
    en: 'This is done or under way already',
    ru: 'Это уже сделано или выполняется',
  },

  // Letters.
  'letters-server': {
    en: 'Write the server like smtps://smtp.example.com, or smtp://host:587',
    ru: 'Укажите сервер так: smtps://smtp.example.com или smtp://хост:587',
  },
  'letters-address': {
    en: 'Letters need an address to come from, such as desk@example.com',
    ru: 'Укажите адрес, от которого уходят письма, например desk@example.com',
  },
  'letters-password': { en: 'The server needs the password', ru: 'Серверу нужен пароль' },
  'letters-no-account': { en: 'Save a mail account first', ru: 'Сначала сохраните почтовый ящик' },
  'letters-by-environment': {
    en: 'The account is set by HEED_SMTP_URL where Heed was started, and is changed there',
    ru: 'Ящик задан переменной HEED_SMTP_URL при запуске Heed и меняется там же',
  },
  'letters-test-subject': { en: 'A test letter from Heed', ru: 'Пробное письмо от Heed' },
  'letters-test-text': {
    en: 'Letters of {url} arrive here. Nothing needs to be done.',
    ru: 'Письма с {url} доходят. Делать ничего не нужно.',
  },
}
