import { describe, expect, test } from 'vitest'
import { readBeforeSending, type ReadDraft } from './check.ts'

const draft = (text: string, more: Partial<ReadDraft> = {}): ReadDraft => ({
  text,
  worded: text,
  limit: null,
  mention: { title: null, text: 'Карта не работает.', lang: 'ru' },
  waitedMs: null,
  answered: [],
  ours: ['Анна'],
  voice: { names: ['Филин Банк'], banned: [], address: null, languages: [], others: [] },
  assignee: 'Анна',
  lastSent: [],
  ...more,
})
const told = (text: string, more: Partial<ReadDraft> = {}) =>
  readBeforeSending(draft(text, more)).map(({ check }) => check)
const asked = (text: string, question: string) =>
  told(text, { mention: { title: null, text: question, lang: null } }).includes('question')

test('a reply with nothing wrong in it is left alone', () => {
  expect(told('Иван, здравствуйте! Карту разблокировали, проверьте, пожалуйста. Извините за неудобства.')).toEqual([])
  const english = { mention: { title: null, text: 'My card does not work.', lang: 'en' } }
  expect(
    told('Hello Ivan, your card is unblocked now, please try it again. We are sorry for the trouble.', english),
  ).toEqual([])
  expect(told('')).toEqual([])
})

describe('length', () => {
  test('the text is measured as it will stand there, in the unit of the platform', () => {
    const text = 'Готово 👨‍👩‍👧'
    const limit = { most: 8, unit: 'graphemes' as const }
    expect(told(text, { limit })).toEqual([])
    expect(readBeforeSending(draft(text, { limit, worded: `@ivan ${text}` }))).toMatchObject([
      { check: 'length', blocks: true },
    ])
    expect(told(text, { limit: { most: 20, unit: 'bytes' } })).toEqual(['length'])
    const link = `Смотрите https://bank.example/${'x'.repeat(500)}`
    expect(told(link, { worded: `@ivan@social.example ${link}`, limit: { most: 39, unit: 'mastodon' } })).toEqual([])
    expect(told(link, { worded: `@ivan@social.example ${link}`, limit: { most: 37, unit: 'mastodon' } })).toEqual([
      'length',
    ])
  })
})

describe('language', () => {
  test('an answer in another language than the question is told', () => {
    const english = { title: null, text: 'My card has been blocked since yesterday and nobody answers', lang: null }
    expect(told('Здравствуйте! Карту разблокировали, проверьте, пожалуйста.', { mention: english })).toContain(
      'language',
    )
    const russian = { title: null, text: 'Карту заблокировали вчера, и никто не отвечает', lang: null }
    expect(told('Hello, your card is unblocked now, please try it again.', { mention: russian })).toContain('language')
  })

  test('in a language of neither this client nor the customer it does not go out', () => {
    const english = 'Hello, your card is unblocked now, please try it again.'
    const read = (text: string, languages: string[], mention: ReadDraft['mention']) =>
      readBeforeSending(draft(text, { mention, voice: { ...draft('').voice, languages } })).find(
        ({ check }) => check === 'language',
      )
    const russian = { title: null, text: 'Карту заблокировали вчера, и никто не отвечает', lang: null }
    expect(read(english, ['ru', 'kk'], russian)).toMatchObject({ blocks: true })
    expect(read(english, ['ru', 'en'], russian)).toMatchObject({ blocks: false })
    expect(read(english, [], russian)).toMatchObject({ blocks: false })
    const theirs = { title: null, text: 'My card has been blocked since yesterday and nobody answers', lang: null }
    expect(read(english, ['ru'], theirs)).toBeUndefined()
  })

  test('names and greetings are in no language', () => {
    expect(
      told('OK, thanks!', { mention: { title: null, text: 'Карта заработала, спасибо вам большое', lang: 'ru' } }),
    ).toEqual([])
  })
})

describe('private data', () => {
  test.each([
    'Ваш номер +7 916 123-45-67?',
    'Звоним вам на 8 (916) 123-45-67.',
    'Карта 4111 1111 1111 1111 разблокирована.',
    'Написали на ivan.petrov@mail.test, проверьте.',
    'Счёт 40817810099910004312 открыт.',
    'СНИЛС 112-233-445 95 принят.',
    'ИНН 500100732259 найден.',
    'Паспорт 45 04 123456 проверили.',
    'The refund went to GB82 WEST 1234 5698 7654 32.',
    'We called +44 20 7946 0958.',
  ])('%s', (text) => {
    expect(told(text)).toContain('private-data')
  })

  test.each([
    'Горячая линия: 8 800 555-35-35, круглосуточно.',
    'Пишите на support@bank.example.',
    'Заявка № 1234567890 закрыта.',
    'С 2026-11-22 10:00 до 2026-11-22 18:00 шли работы.',
    'Заказ 4111 1111 1111 1112 в пути.',
    'Вернули 12 500 000 рублей.',
    'https://bank.example/t/89161234567',
  ])('is not in: %s', (text) => {
    expect(told(text)).not.toContain('private-data')
  })
})

describe('blame and doubt', () => {
  test.each([
    'Вы сами виноваты: не прочитали договор.',
    'Списание произошло по вашей невнимательности.',
    'Надо было внимательнее читать условия.',
    'Если бы вы прочитали тариф, вопросов бы не было.',
    'Вы утверждаете, что деньги списаны.',
    'Деньги якобы не дошли.',
    'Это неправда, мы ничего не списывали.',
    'You should have read the terms first.',
    'This is your own fault.',
    'You claim that the parcel never arrived.',
    'You failed to provide the receipt.',
    'As we already explained, this is not possible.',
    'Calm down, please.',
  ])('%s', (text) => {
    expect(told(text)).toContain('blame')
  })

  test.each([
    'Это не ваша ошибка, сбой был у нас.',
    'Вы ни в чём не виноваты.',
    'Условия можно прочитать в разделе «Тарифы».',
    'Мы допустили ошибку и всё исправили.',
    'This was not your fault, the error was ours.',
    'You can read the terms in the app.',
    'We should have told you earlier.',
  ])('is not in: %s', (text) => {
    expect(told(text)).not.toContain('blame')
  })
})

describe('promises', () => {
  test.each([
    ['Мы разберёмся и свяжемся с вами.', null],
    ['Разберёмся и ответим в ближайшее время.', 'Анна'],
    ['Вам перезвонят завтра.', null],
    ['Деньги будут возвращены.', 'Анна'],
    ['We will get back to you soon.', 'Anna'],
    ['Someone will call you tomorrow.', null],
    ['Your money will be refunded.', 'Anna'],
  ])('%s (ticket of %s)', (text, assignee) => {
    expect(told(text, { assignee })).toContain('promise')
  })

  test.each([
    ['Ответим до 18:00.', 'Анна'],
    ['Я перезвоню вам завтра.', null],
    ['Наш специалист Ольга напишет вам сегодня: с вами свяжутся до 15:00.', null],
    ['Деньги вернули сегодня.', null],
    ['Напишите номер заказа, и если вы пришлёте чек, проверим.', null],
    ['I will call you back within 2 hours.', null],
    ['We will fix it by Friday.', 'Anna'],
    ['If you send us the receipt, we will check it.', null],
  ])('is kept: %s (ticket of %s)', (text, assignee) => {
    expect(told(text, { assignee })).not.toContain('promise')
  })
})

describe('silence and delay', () => {
  const hours = (count: number) => ({ waitedMs: count * 3_600_000 })
  test.each([
    ['Карту разблокировали, проверьте, пожалуйста.', 25],
    ['Your card is unblocked now, please try it again.', 72],
    ['Спасибо за обращение! Ваш вопрос передан специалистам.', 1],
    ['Мы уже разбираемся в ситуации.', 1],
    ['Просим ожидать: заявка зарегистрирована. Ожидайте.', 1],
    ['Thank you! Your request has been forwarded to the team.', 1],
    ['We are looking into this, please bear with us.', 1],
    ['It will be solved as soon as possible.', 1],
  ])('%s (after %i hours)', (text, waited) => {
    expect(told(text, hours(waited))).toContain('delay')
  })

  test.each([
    ['Карту разблокировали, проверьте, пожалуйста.', 23],
    ['Извините, что так долго не отвечали. Карту разблокировали, проверьте.', 50],
    ['Простите за ожидание! Карта снова работает.', 50],
    ['Sorry for the wait! Your card is unblocked now.', 72],
    ['We apologise: it took us too long. The card works again.', 72],
    ['Ваш вопрос передан Ольге, она напишет вам сегодня до 18:00.', 1],
    ['We are looking into this and write to you by Friday.', 1],
    ['Разбираемся. Подскажите, пожалуйста, номер заказа?', 1],
    ['Заявка исполнена, деньги на счёте.', 1],
  ])('is not in: %s (after %i hours)', (text, waited) => {
    expect(told(text, hours(waited))).not.toContain('delay')
  })

  test('the wait is told in words, in both languages', () => {
    const [warning] = readBeforeSending(draft('Карта работает.', hours(75)))
    expect(warning?.reason.ru).toContain('3 дня')
    expect(warning?.reason.en).toContain('3 days')
  })
})

describe('questions', () => {
  test.each([
    ['Приносим извинения за неудобства.', 'Когда вернут деньги?'],
    ['Спасибо, что написали нам!', 'Сколько стоит обслуживание карты?'],
    ['Нам очень жаль.', 'Почему заблокировали карту?'],
    ['Спасибо за отзыв!', 'Можно ли открыть вклад через приложение?'],
    ['Приносим извинения.', 'Где ближайшее отделение?'],
    ['We are sorry for the inconvenience.', 'When will I get my refund?'],
    ['Thank you for your feedback!', 'Why was my card blocked?'],
    ['We value your opinion.', 'How much does delivery cost?'],
  ])('“%s” does not answer “%s”', (text, question) => {
    expect(asked(text, question)).toBe(true)
  })

  test.each([
    ['Деньги вернём до 25 ноября.', 'Когда вернут деньги?'],
    ['Обслуживание бесплатное.', 'Сколько стоит обслуживание карты?'],
    ['Карту заблокировали из-за трёх неверных кодов.', 'Почему заблокировали карту?'],
    ['Да, вклад открывается за минуту.', 'Можно ли открыть вклад через приложение?'],
    ['Адрес отделения — в разделе «Карта».', 'Где ближайшее отделение?'],
    ['Откройте настройки и нажмите «Сменить код».', 'Как сменить пин-код?'],
    ['Подскажите, пожалуйста, номер заказа?', 'Когда привезут заказ?'],
    ['Your refund arrives within 3 days.', 'When will I get my refund?'],
    ['Because of three wrong codes in a row.', 'Why was my card blocked?'],
    ['It is free.', 'How much does delivery cost?'],
    ['Нам очень жаль, что так вышло.', 'Вы серьёзно?'],
    ['Нам очень жаль, что так вышло.', 'Сколько можно ждать?!'],
    ['Нам очень жаль, что так вышло.', 'Ужасный банк.'],
  ])('“%s” answers “%s”', (text, question) => {
    expect(asked(text, question)).toBe(false)
  })
})

describe('likeness', () => {
  const template = (name: string, number: number) =>
    `Здравствуйте, ${name}! Благодарим за обращение. Мы передали вашу заявку № ${number} в профильный отдел, ответ вы получите до 18:00.`

  test('a template shows, whoever it is written to', () => {
    const lastSent = [
      { ticketId: 5, text: 'Ольга, курьер приедет сегодня после обеда, он позвонит за час.' },
      { ticketId: 7, text: template('Пётр', 81) },
    ]
    const [warning] = readBeforeSending(draft(template('Иван', 95), { lastSent }))
    expect(warning).toMatchObject({ check: 'alike', reason: { ru: expect.stringContaining('тикете 7') } })
  })

  test('own words, and a short thank-you, are nobody’s template', () => {
    const lastSent = [
      { ticketId: 7, text: template('Пётр', 81) },
      { ticketId: 8, text: 'Спасибо, Пётр!' },
    ]
    expect(
      told('Иван, деньги вернули сегодня утром на ту же карту, они видны в истории операций.', { lastSent }),
    ).toEqual([])
    expect(told('Спасибо, Иван!', { lastSent })).toEqual([])
  })
})

describe('a gap', () => {
  test('of a canned part stops the reply, and braces of other kinds do not', () => {
    expect(readBeforeSending(draft('Добрый день, {{customer.name}}! Карту разблокировали.'))[0]).toMatchObject({
      check: 'gap',
      blocks: true,
      words: '{{customer.name}}',
    })
    expect(told('Добрый день! Напишите {код} на карту.')).not.toContain('gap')
  })
})

describe('whom it speaks to', () => {
  const to = (text: string, ...answered: string[]) => told(text, { answered }).includes('addressed')

  test.each([
    'Мария, здравствуйте! Карту разблокировали.',
    'Здравствуйте, уважаемая Мария Ивановна!',
    'Добрый день!\nМария, карту разблокировали.',
    'Гульнара, добрый день! Карту разблокировали.',
    '@ivan Маша, карту разблокировали.',
    'Dear Ms. Smith, your card is unblocked.',
    'Hi Mary! Your card is unblocked.',
    'Thanks, Mary! It is done.',
  ])('%s is not said to Ivan', (text) => {
    expect(to(text, 'Иван Сергеев')).toBe(true)
    expect(to(text, 'ivan_s')).toBe(true)
  })

  test.each([
    ['Катя, здравствуйте!', 'Екатерина К.'],
    ['Юлия, добрый день!', 'Yulia Smirnova'],
    ['Dear Mike, it is done.', 'Michael Brown'],
    ['Саша, привет!', 'Александра'],
    ['Привет, Маш!', 'Мария'],
    ['Уважаемый Иван Петрович!', 'Иван Сидоров'],
    ['Мария, здравствуйте!', 'кот_бегемот'],
    ['Мария, здравствуйте!', 'user4711'],
  ])('“%s” may be said to %s', (text, author) => {
    expect(to(text, author)).toBe(false)
  })

  test.each([
    'Роза, которую вы заказали, приедет завтра.',
    'Надежда, что дождь кончится, есть всегда.',
    'Здравствуйте! Карта уже в пути.',
    'Здравствуйте, уважаемый клиент!',
    'Добрый день, Филин Банк на связи.',
    'Добрый день! Анна, служба поддержки Филин Банка.',
    'Спасибо! Отлично, что всё получилось.',
    'Grace period is over, sorry.',
    'Hi there, it is done.',
    'Thanks! Will check it.',
    'Great, thanks!',
  ])('%s speaks to nobody by name', (text) => {
    expect(to(text, 'Олег Сергеев')).toBe(false)
  })

  test('who signs with another name is called by it, and who answers may say their own', () => {
    const signed = { title: null, text: 'Помогите с картой. С уважением, Мария', lang: 'ru' }
    expect(told('Мария, здравствуйте!', { answered: ['Олег Сергеев'], mention: signed })).not.toContain('addressed')
    expect(to('Анна, служба поддержки. Карту разблокировали.', 'Олег Сергеев')).toBe(false)
  })
})

describe('whose words', () => {
  const voice = {
    names: ['Филин Банк', 'Филин'],
    banned: [],
    address: null,
    languages: [],
    others: [{ name: 'Мир', sure: true }],
  }

  test('another client is not named in any form, except by the customer first', () => {
    const text = 'Мы в Мире проверили перевод.'
    expect(readBeforeSending(draft(text, { voice }))).toMatchObject([
      { check: 'other-client', blocks: true, words: 'Мире', reason: { ru: expect.stringContaining('«Филин Банк»') } },
    ])
    const mention = { title: null, text: 'А у Мира комиссии нет.', lang: 'ru' }
    expect(readBeforeSending(draft(text, { voice, mention }))).toMatchObject([{ check: 'other-client', blocks: false }])
    const unsure = { ...voice, others: [{ name: 'Мир', sure: false }] }
    expect(readBeforeSending(draft(text, { voice: unsure }))).toMatchObject([{ check: 'other-client', blocks: false }])
  })

  test('a word that is only spelled like a name, and what lies within our own name, are left alone', () => {
    expect(told('Всем мира и добра!', { voice })).toEqual([])
    const bank = { ...voice, others: [{ name: 'Банк', sure: true }] }
    expect(told('Филин Банк всё вернул.', { voice: bank })).toEqual([])
    expect(told('Банк всё вернул.', { voice: bank })).toEqual(['other-client'])
  })

  test('words that the client never says stop the reply, in any form', () => {
    const warned = { ...voice, banned: ['техническая ошибка'] }
    expect(readBeforeSending(draft('Дело в технической ошибке.', { voice: warned }))).toMatchObject([
      { check: 'banned', blocks: true, words: 'технической ошибке' },
    ])
    expect(told('Ошибка была технической стороны.', { voice: warned })).not.toContain('banned')
  })

  test.each([
    ['Твою карту разблокировали.', 'formal', true],
    ['Вашу карту разблокировали.', 'formal', false],
    ['Вашу карту разблокировали.', 'informal', true],
    ['Твою карту разблокировали.', 'informal', false],
    ['Твою карту разблокировали.', null, false],
    ['ПРОЧИТАЙТЕ УЖЕ ДОГОВОР, пожалуйста.', null, true],
    ['Stop being stupid.', null, true],
    ['Карта VISA от ПАО «Филин Банк» действует.', null, false],
    ['К сожалению, вернуть деньги мы не можем: срок прошёл.', null, false],
  ] as const)('the tone of “%s”, where people are spoken to %s: told %s', (text, address, is) => {
    expect(told(text, { voice: { ...voice, address } }).includes('tone')).toBe(is)
  })

  test.each([
    ['Твою карту разблокировали.', true],
    ['Вам пишут «Твою карту разблокировали» — это мошенники.', false],
  ])('«ты» where this client says «вы» stops “%s”: %s', (text, blocks) => {
    const read = readBeforeSending(draft(text, { voice: { ...voice, address: 'formal' } }))
    expect(read.find(({ check }) => check === 'tone')).toMatchObject({ blocks })
  })
})
