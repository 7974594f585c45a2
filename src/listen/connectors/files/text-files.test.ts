import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { tell } from '../problems.ts'
import type { Mapping } from './mapping.ts'
import { readFileHead, readRows, type FileHead, type ReadOptions, type RowResult } from './read-file.ts'
import type { FileSource } from './source.ts'

const options: ReadOptions = { timeZone: 'Europe/Moscow', now: new Date('2026-11-22T12:00:00Z') }

async function head(
  file: FileSource,
  more: Partial<Parameters<typeof readFileHead>[1]> = {},
): Promise<Extract<FileHead, { kind: 'readable' }>> {
  const found = await readFileHead(file, { ...options, ...more })
  if (found.kind === 'unreadable') throw new Error(`Expected a readable file: ${tell(found.problem, 'en')}`)
  return found
}

async function all(
  file: FileSource,
  more: Partial<ReadOptions> & { fromRow?: number; mapping?: Mapping } = {},
): Promise<RowResult[]> {
  const rows: RowResult[] = []
  const mapping = more.mapping ?? (await head(file, more.limits ? { limits: more.limits } : {})).mapping
  for await (const page of readRows(file, mapping, { ...options, ...more })) rows.push(...page)
  return rows
}

const short = (rows: RowResult[]) =>
  rows.map((one) => ('post' in one ? `${one.row}: ${one.post.text}` : `${one.row}! ${one.reason.key}`))
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8')

describe('CSV', () => {
  test('a Russian spreadsheet is recognised without a question', async () => {
    const text =
      'Дата публикации;Текст сообщения;Ссылка;Автор;Аудитория;Лайки;Оценка;Тип источника;Город\r\n22.11.2026 10:05;"Филин не открывается; ""белый экран""\nвторой час";https://vk.com/wall-1_2?utm_source=x;Анна;1,2 тыс.;1 234;4,5;Соцсети;Казань\r\n'
    for (const encoding of ['utf8', 'windows-1251', 'utf-16le'] as const) {
      const file = iconv.encode(text, encoding, { addBOM: encoding === 'utf-16le' })
      const found = await head(file)
      expect(found.mapping, encoding).toMatchObject({
        format: 'csv',
        delimiter: ';',
        headerRow: 1,
        encoding: encoding === 'utf8' ? 'utf-8' : encoding,
      })
      expect(found.sample).toHaveLength(1)
      expect(found.sample[0], encoding).toMatchObject({
        row: 2,
        problems: [],
        post: {
          id: 'https://vk.com/wall-1_2',
          platform: 'vk',
          media: 'social',
          url: 'https://vk.com/wall-1_2?utm_source=x',
          text: 'Филин не открывается; "белый экран"\nвторой час',
          postedAt: new Date('2026-11-22T07:05:00Z'),
          author: { id: 'Анна', name: 'Анна', followers: 1200 },
          likes: 1234,
          shares: null,
          rating: 4.5,
          place: { country: null, region: null, city: 'Казань' },
        },
      })
    }
  })

  test.each([',', ';', '\t', '|'])('the delimiter %j is found', async (delimiter) => {
    const file = bytes(
      `\ufeff${['date', 'text', 'url'].join(delimiter)}\n${['2026-11-22', '"a,b;c|d\te, f, g, h"', 'https://a.example/1?x=1;2,3|4'].map((cell) => (cell.includes('http') ? `"${cell}"` : cell)).join(delimiter)}\n`,
    )
    const found = await head(file)
    expect(found.mapping.delimiter).toBe(delimiter)
    expect(found.columns).toEqual(['date', 'text', 'url'])
    expect(short(found.sample)).toEqual(['2: a,b;c|d e, f, g, h'.replace(' e', '\te')])
  })

  test('the line that names the delimiter and titles above the header are passed over', async () => {
    expect(short(await all(bytes('sep=|\nid|text\n1|один\n')))).toEqual(['3: один'])
    const found = await head(bytes('Отчёт по теме;;\n;;\nID;Текст;Дата\n1;один;21.11.2026\n'))
    expect(found.mapping.headerRow).toBe(3)
    expect(short(found.sample)).toEqual(['4: один'])
  })

  test('a broken row costs that row and no other', async () => {
    const file = bytes(
      [
        'id,text,posted_at',
        '1,один,2026-11-21',
        '2,"ООО "Ромашка"", лежит,2026-11-21',
        '3,три,2026-11-21',
        '4,"не закрыта,2026-11-21',
        '5,"пять, да",2026-11-21',
        '6,шесть,намедни',
        '7,,2026-11-21',
        '8,"сказал "да" и ушёл",2026-11-21',
        '9,ООО "Девять",2026-11-21',
        '',
        '11,одиннадцать,2026-11-21',
      ].join('\n'),
    )
    expect(short(await all(file))).toEqual([
      '2: один',
      '3! row.quotes',
      '4: три',
      '5! row.quotes',
      '6: пять, да',
      '7! row.date',
      '8! row.no-text',
      '9: "сказал "да" и ушёл"',
      '10: ООО "Девять"',
      '12: одиннадцать',
    ])
  })

  test('lines left over from a broken row do not become mentions', async () => {
    const file = bytes(
      'text,posted_at,likes\n"первая\nстрока "с кавычками" внутри\nконец",2026-11-21,5\nвторая,2026-11-21,6\n',
    )
    expect(short(await all(file))).toEqual(['2! row.quotes', '3! row.quotes', '4! row.quotes', '5: вторая'])
  })

  test('an unclosed quote in a long file loses one row', async () => {
    const rows = Array.from({ length: 50_000 }, (_, n) => `${n},"текст ${n}",2026-11-21`)
    rows[100] = '100,"не закрыта,2026-11-21'
    const result = await all(bytes(`id,text,posted_at\n${rows.join('\n')}`), { limits: { maxRowLength: 100_000 } })
    expect(result).toHaveLength(50_000)
    expect(result.filter((one) => 'reason' in one).map((one) => one.row)).toEqual([102])
  })

  // Read row by row from each quote to the end of the file, this would take hours; the runner's time limit tells.
  test('quotes made to cost time cost a bounded look ahead', async () => {
    const result = await all(bytes(`id,text\n${'a","c\n'.repeat(5_000)}`), { limits: { maxRowLength: 100_000 } })
    expect(result.length).toBeGreaterThan(0)
    expect(result.every((one) => 'reason' in one)).toBe(true)
  })

  test('columns that repeat or have no name keep apart', async () => {
    expect((await head(bytes('text;text;;\nа;б;в;г\n'))).columns).toEqual(['text', 'text (2)', '#3', '#4'])
  })

  test('a person may decide otherwise', async () => {
    const file = bytes('a;b;c\nодин;два;2026-11-21\n')
    const found = await head(file)
    expect(found.problems).toEqual([{ key: 'file.no-text-column', values: {} }])
    expect(found.samples).toEqual([['один'], ['два'], ['2026-11-21']])
    const mapping: Mapping = {
      ...found.mapping,
      columns: [
        { column: 'a', field: 'title' },
        { column: 'b', field: 'text' },
        { column: 'c', field: 'posted_at' },
      ],
      defaults: { platform: 'otzovik', source: 'Отзывы', media: 'review', lang: 'ru' },
    }
    expect(await all(file, { mapping })).toMatchObject([
      {
        post: {
          title: 'один',
          text: 'два',
          platform: 'otzovik',
          source: 'Отзывы',
          media: 'review',
          lang: 'ru',
          postedAt: new Date('2026-11-20T21:00:00Z'),
        },
      },
    ])
  })

  test('an import goes on at any row as if it had never stopped', async () => {
    const file = bytes(
      `id,text\n${Array.from({ length: 1200 }, (_, n) => (n % 7 === 3 ? `${n},"broken "x` : `${n},"текст\n${n}"`)).join('\n')}\n`,
    )
    const whole = await all(file)
    for (const fromRow of [1, 2, 3, 5, 700, 1200, 5000])
      expect(await all(file, { fromRow })).toEqual(whole.filter((one) => one.row >= fromRow))
  })

  test('lines of two encodings are read each in its own', async () => {
    const file = Buffer.concat([
      bytes('id;text\n1;Ёлка\n'),
      iconv.encode('2;Филин\n', 'windows-1251'),
      bytes('3;Съел\n'),
    ])
    expect(short(await all(file))).toEqual(['2: Ёлка', '3: Филин', '4: Съел'])
  })

  test('NUL bytes and half letters do not reach the text', async () => {
    expect(short(await all(bytes('id;text\n1;а\u0000б\n')))).toEqual(['2: аб'])
    const posts = await all(Buffer.concat([bytes('id;text\n1;'), Buffer.from([0xd0]), bytes('\n2;два\n')]))
    expect(posts).toHaveLength(2)
  })

  test('a formula is text and is not computed', async () => {
    expect(short(await all(bytes('id,text\n1,"=HYPERLINK(""http://evil.example"";""x"")"\n2,+7 900\n')))).toEqual([
      '2: =HYPERLINK("http://evil.example";"x")',
      '3: +7 900',
    ])
  })

  test('limits are met with their name', async () => {
    const wide = bytes(`${Array.from({ length: 100_000 }, (_, n) => `c${n}`).join(',')}\n1\n`)
    expect(await readFileHead(wide, options)).toEqual({
      kind: 'unreadable',
      problem: { key: 'file.too-many-columns', values: { found: 100_000, limit: 1000 } },
    })
    const rows = bytes(`id,text\n1,${'x'.repeat(300)}\n2,два${',z'.repeat(50)}\n3,три\n4,${'y'.repeat(3000)}\n5,пять\n`)
    const limits = { maxCellLength: 200, maxColumns: 10, maxRowLength: 2000 }
    expect(short(await all(rows, { limits }))).toEqual([
      '2! row.cell-too-long',
      '3! row.too-many-columns',
      '4: три',
      '5! row.too-long',
      '6: пять',
    ])
    expect(short(await all(rows, { limits: { maxRows: 1 } }))).toEqual([
      `2: ${'x'.repeat(300)}`,
      '3! file.too-many-rows',
    ])
    expect(await readFileHead(rows, { ...options, limits: { maxBytes: 100 } })).toMatchObject({
      problem: { key: 'file.too-large' },
    })
  })
})

describe('JSON', () => {
  const post = {
    id: 'vk:1',
    text: 'Филин лежит',
    title: null,
    url: 'https://vk.com/wall-1_1',
    platform: 'vk',
    source: 'dengi',
    media: 'social',
    kind: 'comment',
    lang: 'ru',
    posted_at: '2026-11-21T10:00:00Z',
    author: { id: 'a1', name: 'Анна', handle: '@anna', followers: 10, bio: 'x', verified: true },
    likes: 0,
    shares: null,
    comments: 3,
    views: 100,
    rating: 5,
    parent: 'vk:0',
    root: '0',
    place: { country: 'RU', region: null, city: 'Казань' },
    links: ['https://a.example/'],
    has: ['image'],
    images: [{ url: 'https://a.example/1.jpg', alt: 'чек' }, { url: 'https://a.example/2.jpg' }],
    tags: ['a', 'b'],
  }

  test('our own posts come back whole', async () => {
    expect(await all(bytes(`${JSON.stringify(post)}\n`))).toEqual([
      {
        row: 1,
        problems: [],
        post: {
          id: 'vk:1',
          platform: 'vk',
          source: 'dengi',
          media: 'social',
          kind: 'comment',
          url: 'https://vk.com/wall-1_1',
          title: null,
          text: 'Филин лежит',
          lang: 'ru',
          postedAt: new Date('2026-11-21T10:00:00Z'),
          author: { id: 'a1', name: 'Анна', handle: 'anna', bio: 'x', followers: 10, verified: true },
          likes: 0,
          shares: null,
          comments: 3,
          views: 100,
          rating: 5,
          parent: 'vk:0',
          root: 'vk:0',
          place: { country: 'RU', region: null, city: 'Казань' },
          links: ['https://a.example/'],
          has: ['image'],
          images: [
            { url: 'https://a.example/1.jpg', alt: 'чек' },
            { url: 'https://a.example/2.jpg', alt: null },
          ],
          tags: ['a', 'b'],
        },
      },
    ])
  })

  const youscan = {
    id: '9000001',
    seq: 17,
    addedAt: '2026-11-16T00:00:00Z',
    url: 'https://www.instagram.com/p/1/',
    published: '2026-11-15T10:30:00Z',
    text: 'Great',
    fullText: 'Great product, all of it',
    postId: 'post-123',
    parentPostId: 'thread-456',
    discussionId: 'discussion-789',
    source: 'instagram.com',
    postType: 'extendedRepost',
    sourceType: 'reviews',
    contentTypes: ['text', 'image'],
    imageUrl: 'https://cdn.example/p.jpg',
    author: {
      profileId: 'user-123',
      name: 'John Doe',
      nickname: 'johndoe',
      bio: 'Tech',
      subscribers: 1500,
      isVerified: true,
      geo: { country: 'X' },
    },
    publicationPlace: { profileId: 'c', name: 'Product Reviews' },
    engagement: { likes: 42, comments: 5, reposts: 3, views: 1250, reactions: { total: 50 } },
    mentionGeo: { countryCode: 'US', country: 'United States', city: 'San Francisco' },
    rating: 4.5,
    language: 'eng',
    sentiment: 'positive',
    starred: false,
  }
  const expected = {
    id: 'instagram:post-123',
    platform: 'instagram',
    source: 'Product Reviews',
    media: 'review',
    kind: 'quote',
    text: 'Great product, all of it',
    lang: 'en',
    parent: 'instagram:thread-456',
    root: 'instagram:discussion-789',
    likes: 42,
    comments: 5,
    shares: 3,
    views: 1250,
    rating: 4.5,
    author: { id: 'user-123', name: 'John Doe', handle: 'johndoe', bio: 'Tech', followers: 1500, verified: true },
    place: { country: 'US', region: null, city: 'San Francisco' },
    has: ['image'],
    images: [{ url: 'https://cdn.example/p.jpg', alt: null }],
  }
  test('a file from YouScan needs no mapping, in any of its shapes', async () => {
    const short = { ...youscan, fullText: null }
    for (const file of [
      `${JSON.stringify(youscan)}\n${JSON.stringify(short)}`,
      JSON.stringify([youscan, short]),
      JSON.stringify({ name: 'batch', mentions: [youscan, short] }),
      JSON.stringify({ total: 2, mentions: [youscan, short] }, null, 2),
    ]) {
      const rows = await all(bytes(file))
      expect(rows).toMatchObject([
        { row: 1, post: expected, problems: [] },
        { row: 2, post: { text: 'Great' } },
      ])
    }
  })

  test('a field that appears only later is not lost, a column left out stays out', async () => {
    const lines = [
      ...Array.from({ length: 600 }, (_, n) => JSON.stringify({ id: n, text: 'а', likes: 1 })),
      JSON.stringify({ id: 'z', text: 'я', rating: 5, likes: 1 }),
    ].join('\n')
    const found = await head(bytes(lines))
    expect(found.columns).toEqual(['id', 'text', 'likes'])
    expect(found.samples).toEqual([['0', '1', '2'], ['а'], ['1']])
    const columns = found.mapping.columns.map((one) => (one.column === 'likes' ? { ...one, field: null } : one))
    expect((await all(bytes(lines), { mapping: { ...found.mapping, columns } })).at(-1)).toMatchObject({
      post: { rating: 5, likes: null },
    })
  })

  test('a broken line costs that line', async () => {
    const file = bytes('{"id":1,"text":"а"}\n{"id":2,"text":\n\n[1]\n"x"\n{"id":5,"text":"я"}')
    expect(short(await all(file))).toEqual([
      '1: а',
      '2! row.json',
      '4! row.not-an-object',
      '5! row.not-an-object',
      '6: я',
    ])
  })

  test('an array may be broken, cut or nested', async () => {
    expect(
      short(await all(bytes(' [ {"text":"а","x":[{"y":"],\\"}"}]} , 5, {"text" "б"},\n{"text":"в"}] trailing'))),
    ).toEqual(['1: а', '2! row.not-an-object', '3! row.json', '4: в'])
    expect(short(await all(bytes('[{"text":"а"},{"text":"б')))).toEqual(['1: а', '2! row.json'])
    expect(await readFileHead(bytes('[]'), options)).toMatchObject({
      kind: 'unreadable',
      problem: { key: 'file.empty' },
    })
    expect(
      short(await all(bytes(`{"text":"а"}\n${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}\n{"text":"я"}`))).filter(
        (_, index) => index !== 1,
      ),
    ).toEqual(['1: а', '3: я'])
  })

  test('names from the prototype are only names', async () => {
    const rows = await all(
      bytes('{"text":"а","__proto__":{"likes":5},"constructor":1,"toString":"x","hasOwnProperty":2}\n'),
    )
    expect(rows).toMatchObject([{ post: { text: 'а' }, problems: [] }])
    expect(({} as { likes?: number }).likes).toBeUndefined()
  })

  test('a value that cannot be read stays unknown and is told', async () => {
    const rows = await all(
      bytes(
        JSON.stringify({
          id: 1,
          text: 'а',
          likes: 'много',
          rating: 11,
          url: 'ссылка',
          kind: 'ода',
          posted_at: 0.5 + 1e9,
          views: -1,
          comments: '1,2 тыс.',
        }),
      ),
    )
    expect(rows).toMatchObject([
      {
        post: {
          likes: null,
          rating: null,
          url: null,
          kind: null,
          views: null,
          comments: 1200,
          postedAt: new Date('2001-09-09T01:46:40.500Z'),
        },
      },
    ])
    expect('problems' in rows[0]! && rows[0].problems.map((one) => one.key)).toEqual([
      'cell.url',
      'cell.word',
      'cell.number',
      'cell.number',
      'cell.rating',
    ])
  })

  test('dates in 1970 and 2099 go in without a date', async () => {
    const rows = await all(
      bytes('{"id":1,"text":"а","posted_at":"1970-01-01T00:00:00Z"}\n{"id":2,"text":"б","posted_at":"2099-01-01"}'),
    )
    expect(rows).toMatchObject([
      { post: { postedAt: null }, problems: [{ key: 'cell.date-implausible' }] },
      { post: { postedAt: null } },
    ])
  })

  test('posts without an id have a stable one of their own', async () => {
    const ids = async (line: object) =>
      (await all(bytes(JSON.stringify(line)))).map((one) => ('post' in one ? one.post.id : ''))
    expect(await ids({ text: 'а', url: 'https://www.a.example/1?utm_source=x' })).toEqual(['https://a.example/1'])
    const [hash] = await ids({ text: 'а', author: 'b', platform: 'ВКонтакте' })
    expect(hash).toMatch(/^vk:hash-[0-9a-f]{32}$/)
    expect(await ids({ text: 'а', author: 'b', platform: 'vk', likes: 5 })).toEqual([hash])
    expect(await ids({ text: 'б', author: 'b', platform: 'vk' })).not.toEqual([hash])
  })
})

describe('other files', () => {
  const noise = (length: number, seed: number) => {
    let state = seed
    return Buffer.from(Array.from({ length }, () => (state = (state * 48_271) % 2_147_483_647) % 256))
  }
  test.each([
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'file.old-workbook'],
    ['a PDF', bytes('%PDF-1.7'), 'file.format'],
    ['a packed file', Buffer.from([0x1f, 0x8b, 8, 0]), 'file.format'],
    ['a page saved as XLS', bytes('<html><table><tr><td>Текст</td></tr></table></html>'), 'file.format'],
    ['noise named as a workbook', noise(3000, 7), 'file.not-text'],
    ['a program', Buffer.concat([bytes('\u007fELF'), Buffer.alloc(200), noise(200, 3)]), 'file.not-text'],
    ['nothing', Buffer.alloc(0), 'file.empty'],
    ['blanks', bytes(' \n\n'), 'file.empty'],
  ])('%s is refused with a reason', async (_what, file, key) => {
    expect(await readFileHead(file, options)).toMatchObject({ kind: 'unreadable', problem: { key } })
  })

  test('a file that is not there is a reason, not an exception', async () => {
    expect(await readFileHead('/nonexistent/file.csv', options)).toMatchObject({
      kind: 'unreadable',
      problem: { key: 'file.not-found', values: { reason: 'ENOENT' } },
    })
  })

  test('noise is never an exception', async () => {
    for (let seed = 1; seed < 40; seed += 1) {
      for (const start of ['', '{"', '[{', 'id,text\n', 'id;text\r\n"', '\ufeff']) {
        const found = await readFileHead(Buffer.concat([bytes(start), noise(3000, seed)]), options)
        expect(['readable', 'unreadable']).toContain(found.kind)
      }
    }
  })
})
