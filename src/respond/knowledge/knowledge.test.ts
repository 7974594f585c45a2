import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must } from '../../base/errors.ts'
import { first, type Postgres } from '../../base/postgres/postgres.ts'
import { getArticle, listArticles, listVersions, type ArticleFilter } from './article.ts'
import { plainText } from './plain-text.ts'
import { KnowledgeIndex } from './project-index.ts'
import { suggest } from './suggest.ts'
import { fillIn, unknownVariables } from './variables.ts'
import { addArticle, changeArticle, writeText, type Writing } from './write.ts'

let postgres: Postgres
let project: number
let index: KnowledgeIndex

beforeAll(async () => {
  postgres = await openTestPostgres()
  index = KnowledgeIndex.ofArticles(postgres.db)
})
afterAll(() => postgres[Symbol.asyncDispose]())
beforeEach(async () => {
  project = must(
    await first(
      postgres.db,
      sql<{ id: number }>`insert into project (name, time_zone) values ('Филин', 'UTC') returning id`,
    ),
  ).id
})

describe('articles', () => {
  test('every version stays, with who wrote it, and the same text again is no version', async () => {
    const { id } = await begin({ lang: 'ru', title: 'Карта', body: 'Карта приходит за неделю' })
    await write(id, { lang: 'ru', title: 'Карта', body: 'Карта приходит за три дня', was: 1 }, 'Вера')
    const article = await write(id, { lang: 'ru', title: 'Карта', body: 'Карта приходит за три дня', was: 2 }, 'Вера')
    expect(article.texts).toMatchObject([{ lang: 'ru', version: 2, writtenBy: 'Вера' }])
    expect(await listVersions(postgres.db, project, id, 'ru')).toMatchObject([
      { version: 2, body: 'Карта приходит за три дня', writtenBy: 'Вера' },
      { version: 1, body: 'Карта приходит за неделю', writtenBy: 'Ада' },
    ])
  })

  test('of two people who write at once the second is told, and nothing is lost', async () => {
    const { id } = await begin({ lang: 'ru', title: 'Карта', body: 'раз' })
    await write(id, { lang: 'ru', title: 'Карта', body: 'два', was: 1 }, 'Вера')
    await expect(write(id, { lang: 'ru', title: 'Карта', body: 'три', was: 1 }, 'Глеб')).rejects.toMatchObject({
      key: 'article-overtaken',
      values: { who: 'Вера' },
    })
    expect((await getArticle(postgres.db, project, id)).texts[0]?.body).toBe('два')
  })

  test('languages of one article have versions of their own', async () => {
    const { id } = await begin({ lang: 'ru', title: 'Карта', body: 'Приходит' })
    const { texts } = await write(id, { lang: 'en', title: 'Card', body: 'It arrives', was: 0 }, 'Ада')
    expect(texts.map(({ lang, version }) => [lang, version])).toEqual([
      ['ru', 1],
      ['en', 1],
    ])
  })

  test('archived articles leave the list and stay to be asked for; what is due for a review is found', async () => {
    const old = await begin({ lang: 'ru', title: 'Старое', body: 'а' })
    const due = await begin({ lang: 'ru', title: 'Пора', body: 'б' })
    await changeArticle(postgres.db, project, old.id, { state: 'archived' })
    await changeArticle(postgres.db, project, due.id, { reviewOn: '2026-03-01' })
    expect(await titles({})).toEqual(['Пора'])
    expect(await titles({ state: 'archived' })).toEqual(['Старое'])
    expect(await titles({ reviewBy: '2026-02-28' })).toEqual([])
    expect(await titles({ reviewBy: '2026-03-01' })).toEqual(['Пора'])
  })

  test('Markdown without its marks is what is searched, and HTML in it is no text', () => {
    expect(
      plainText('# Карта\n\n- **раз** [ссылка](https://x.test)\n- два\n\n<script>alert(1)</script>\n\nконец'),
    ).toBe('Карта\nраз ссылка\nдва\nконец')
  })
})

describe('variables', () => {
  test('are filled, and what is empty or unknown stays in sight and is named', () => {
    expect(
      fillIn('Здравствуйте, {{customer.name}}! Обращение {{ticket.number}}, {{ disocunt }}', {
        'customer.name': ' Вера ',
        'ticket.number': '',
      }),
    ).toEqual({
      text: 'Здравствуйте, Вера! Обращение {{ticket.number}}, {{ disocunt }}',
      gaps: [
        { name: 'ticket.number', reason: 'empty' },
        { name: 'disocunt', reason: 'unknown' },
      ],
    })
    expect(unknownVariables('{{member.name}} {{boss.name}}')).toEqual(['boss.name'])
  })

  test('a value cannot bring a variable in', () => {
    expect(fillIn('{{customer.name}}', { 'customer.name': '{{member.name}}', 'member.name': 'Ада' }).text).toBe(
      '{{member.name}}',
    )
  })
})

describe('suggestions', () => {
  test('find the article by other forms of the words, in both languages, and show which', async () => {
    await ready({ lang: 'ru', title: 'Доставка карт', body: 'Общее о доставке.\n\nКарту привозит курьер за три дня.' })
    await ready({ lang: 'ru', title: 'Кредиты', body: 'Ставка зависит от срока.' })
    await ready({ lang: 'en', title: 'Card delivery', body: 'A courier brings the card within three days.' })
    const [ru] = await ask('Курьеры с моей картой так и не приехали!')
    expect(ru).toMatchObject({
      title: 'Доставка карт',
      excerpt: 'Карту привозит курьер за три дня.',
      why: {
        words: ['Курьеры', 'картой'],
        inExcerpt: [
          { start: 0, end: 5 },
          { start: 15, end: 21 },
        ],
        inTitle: [{ start: 9, end: 13 }],
      },
    })
    const [en] = await ask('Where is the courier with my cards?')
    expect(en).toMatchObject({ title: 'Card delivery', why: { words: ['courier', 'cards'] } })
  })

  test('common words alone are no reason', async () => {
    await ready({ lang: 'ru', title: 'Карта', body: 'Как и что с ней делать' })
    expect(await ask('Как и что же?')).toEqual([])
  })

  test('one word of many is no reason where few articles tell which words are rare', async () => {
    await ready({ lang: 'ru', title: 'Кэшбэк', body: 'Если забыли выбрать категории, напишите в чат.' })
    expect(await ask('«В работе» это между «забыли» и «никогда», поздравляю испытателей 5.2.1')).toEqual([])
    expect(await ask('Забыли выбрать категории кэшбэка, что теперь делать?')).toHaveLength(1)
    expect(await ask('Забыли')).toHaveLength(1)
  })

  test('drafts, archived articles and those of another project are not offered, internal ones not to everybody', async () => {
    const draft = await begin({ lang: 'ru', title: 'Доставка', body: 'Черновик о доставке' })
    expect(await ask('доставка')).toEqual([])
    await changeArticle(postgres.db, project, draft.id, { state: 'ready' })
    expect(await ask('доставка')).toHaveLength(1)
    expect(
      await suggest(postgres.db, index, project, { text: 'доставка', lang: 'ru', limit: 3, publicOnly: true }),
    ).toEqual([])
    await changeArticle(postgres.db, project, draft.id, { isPublic: true })
    expect(
      await suggest(postgres.db, index, project, { text: 'доставка', lang: 'ru', limit: 3, publicOnly: true }),
    ).toHaveLength(1)
    expect(await suggest(postgres.db, index, project + 1, { text: 'доставка', lang: 'ru', limit: 3 })).toEqual([])
    await changeArticle(postgres.db, project, draft.id, { state: 'archived' })
    expect(await ask('доставка')).toEqual([])
  })

  test('a change is found at once by a process that had read the knowledge before', async () => {
    const { id } = await ready({ lang: 'ru', title: 'Доставка', body: 'Курьером' })
    const elsewhere = KnowledgeIndex.ofArticles(postgres.db)
    expect(await suggest(postgres.db, elsewhere, project, { text: 'курьер', lang: 'ru', limit: 3 })).toHaveLength(1)
    await write(id, { lang: 'ru', title: 'Доставка', body: 'Почтой', was: 1 }, 'Ада')
    expect(await suggest(postgres.db, elsewhere, project, { text: 'курьер', lang: 'ru', limit: 3 })).toEqual([])
    expect(await suggest(postgres.db, elsewhere, project, { text: 'почта', lang: 'ru', limit: 3 })).toHaveLength(1)
  })

  test('a misspelled word still brings the article nearer', async () => {
    await ready({ lang: 'en', title: 'Verification', body: 'How we verify your identity when an account is made' })
    await ready({ lang: 'en', title: 'Closing', body: 'How we close an account when you ask for it' })
    const [best] = await ask('my account and the verificaton of it')
    expect(best?.title).toBe('Verification')
  })

  test('nothing a person can type breaks the search', async () => {
    await ready({ lang: 'ru', title: 'Карта', body: 'Карта' })
    for (const text of ["'", "карта' & !", '\\', ':*', '!!!', '👍', 'карта:*|(', 'о’карта', 'a\\b карта'])
      await expect(ask(text)).resolves.toBeInstanceOf(Array)
  })
})

function begin(text: Writing) {
  const about = { kind: 'article', isPublic: false, ownerId: null, reviewOn: null } as const
  return addArticle(postgres.db, project, { ...text, ...about }, 'Ада')
}

async function ready(text: Writing) {
  const { id } = await begin(text)
  return changeArticle(postgres.db, project, id, { state: 'ready' })
}

function write(id: number, text: Writing & { was: number }, by: string) {
  return writeText(postgres.db, project, id, text, by)
}

function ask(text: string) {
  return suggest(postgres.db, index, project, { text, lang: null, limit: 3 })
}

async function titles(filter: Partial<ArticleFilter>) {
  const all = { kind: null, state: null, publicOnly: false, reviewBy: null }
  const { items } = await listArticles(postgres.db, project, { ...all, ...filter }, { before: null, limit: 50 })
  return items.map(({ texts }) => texts[0]?.title)
}
