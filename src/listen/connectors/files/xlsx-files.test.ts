import { crc32, deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { readFileHead, readRows, type ReadOptions, type RowResult } from './read-file.ts'

const options: ReadOptions = { timeZone: 'Europe/Moscow', now: new Date('2026-11-22T12:00:00Z') }

async function all(file: Uint8Array, more: Partial<ReadOptions> & { fromRow?: number } = {}): Promise<RowResult[]> {
  const head = await readFileHead(file, { ...options, ...more })
  if (head.kind === 'unreadable') throw new Error(head.problem.key)
  const rows: RowResult[] = []
  for await (const page of readRows(file, head.mapping, { ...options, ...more })) rows.push(...page)
  return rows
}

async function workbook(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  fill(book)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** A ZIP archive by hand, so that it can lie. */
function zip(parts: { name: string; content: Buffer; declaredSize?: number }[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, declaredSize } of parts) {
    const packed = deflateRawSync(content)
    const fixed = Buffer.alloc(26)
    fixed.writeUInt16LE(20, 0)
    fixed.writeUInt16LE(8, 4)
    fixed.writeUInt32LE(crc32(content), 10)
    fixed.writeUInt32LE(packed.byteLength, 14)
    fixed.writeUInt32LE(declaredSize ?? content.byteLength, 18)
    fixed.writeUInt16LE(name.length, 22)
    files.push(Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fixed, Buffer.from(name), packed]))
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([20, 0]), fixed, tail, Buffer.from(name)]),
    )
    offset += 30 + name.length + packed.byteLength
  }
  const listing = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(listing.byteLength, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...files, listing, Buffer.from('PK\u0005\u0006', 'latin1'), end])
}

/** A workbook of one sheet whose markup is given. */
function sheetOf(rows: string, more: { declaredSize?: number; strings?: string; prolog?: string } = {}): Buffer {
  const part = (name: string, content: string) => ({ name, content: Buffer.from(content) })
  return zip([
    part(
      'xl/workbook.xml',
      '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    ...(more.strings === undefined ? [] : [part('xl/sharedStrings.xml', more.strings)]),
    {
      ...part('xl/worksheets/sheet1.xml', `${more.prolog ?? ''}<worksheet><sheetData>${rows}</sheetData></worksheet>`),
      ...(more.declaredSize !== undefined && { declaredSize: more.declaredSize }),
    },
  ])
}

const inline = (row: number, ...texts: string[]): string =>
  `<row r="${row}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`

test('a workbook gives days, numbers, results of formulas and links', async () => {
  const file = await workbook((book) => {
    book.addWorksheet('Титул').addRow(['Отчёт за неделю'])
    const sheet = book.addWorksheet('Упоминания')
    sheet.addRow(['Выгрузка'])
    sheet.addRow([])
    sheet.addRow(['Дата', 'Текст', 'Ссылка', 'Автор', 'Лайки', 'Оценка', 'ID'])
    const row = sheet.addRow([
      new Date('2026-11-22T10:05:00Z'),
      { richText: [{ text: 'Филин ' }, { font: { bold: true }, text: 'лежит' }] },
      { text: 'открыть', hyperlink: 'https://vk.com/wall-1_2?a=1&b=2' },
      'Анна',
      { formula: '600+634', result: 1234 },
      4.5,
      77,
    ])
    row.getCell(1).numFmt = 'dd.mm.yyyy hh:mm'
    sheet.addRow([
      '21.11.2026 09:00',
      'Второй\nабзац',
      { formula: 'HYPERLINK("https://t.me/a/5","пост")', result: 'пост' },
      null,
      '1,2 тыс.',
      null,
      '78',
    ])
    sheet.addRow([])
    sheet.addRow([{ error: '#N/A' }, 'Третий', 'не ссылка', null, { formula: 'A1', result: undefined }, true, 79])
  })
  const head = await readFileHead(file, options)
  expect(head).toMatchObject({
    kind: 'readable',
    sheets: ['Титул', 'Упоминания'],
    columns: ['Дата', 'Текст', 'Ссылка', 'Автор', 'Лайки', 'Оценка', 'ID'],
    mapping: { format: 'xlsx', sheet: 'Упоминания', headerRow: 3 },
  })
  expect(await all(file)).toMatchObject([
    {
      row: 4,
      problems: [],
      post: {
        id: 'vk:77',
        text: 'Филин лежит',
        url: 'https://vk.com/wall-1_2?a=1&b=2',
        postedAt: new Date('2026-11-22T07:05:00Z'),
        likes: 1234,
        rating: 4.5,
        author: { name: 'Анна' },
      },
    },
    {
      row: 5,
      problems: [],
      post: {
        id: 'telegram:78',
        text: 'Второй\nабзац',
        url: 'https://t.me/a/5',
        likes: 1200,
        postedAt: new Date('2026-11-21T06:00:00Z'),
      },
    },
    {
      row: 7,
      post: { text: 'Третий', postedAt: null, likes: null, url: null },
      problems: [{ key: 'cell.url' }, { key: 'cell.rating' }],
    },
  ])
})

test('days are counted from 1904 where the workbook says so', async () => {
  const file = await workbook((book) => {
    book.properties.date1904 = true
    const sheet = book.addWorksheet('A')
    sheet.addRow(['date', 'text'])
    sheet.addRow([new Date('2026-11-21T10:00:00Z'), 'x']).getCell(1).numFmt = 'yyyy-mm-dd'
  })
  expect(await all(file)).toMatchObject([{ post: { postedAt: new Date('2026-11-21T07:00:00Z') } }])
})

test('an import of a workbook goes on at any row', async () => {
  const file = await workbook((book) => {
    const sheet = book.addWorksheet('A')
    sheet.addRow(['id', 'text'])
    for (let n = 0; n < 1500; n += 1) sheet.addRow([n, `текст ${n}`])
  })
  const whole = await all(file)
  expect(whole).toHaveLength(1500)
  for (const fromRow of [2, 3, 900, 1501, 1600])
    expect(await all(file, { fromRow })).toEqual(whole.filter((one) => one.row >= fromRow))
})

test('a bomb is refused before it is unpacked, whether or not it admits its size', async () => {
  const zeros = '<row></row>'.repeat(6_000_000)
  const limits = { maxUnpackedBytes: 10 * 1024 * 1024 }
  const before = process.memoryUsage().rss
  expect(await readFileHead(sheetOf(zeros), { ...options, limits })).toMatchObject({
    kind: 'unreadable',
    problem: { key: 'file.unpacked-too-large', values: { limit: 10 } },
  })
  expect(await readFileHead(sheetOf(zeros, { declaredSize: 1000 }), { ...options, limits })).toMatchObject({
    kind: 'unreadable',
    problem: { key: 'file.damaged' },
  })
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
})

test(
  'texts that cells share come out right, however many, in whatever order, and beyond the limit are a reason',
  { timeout: 120_000 },
  async () => {
    const count = 40_000
    // More than is kept at hand.
    const text = (index: number) => `Текст ${index} ${'слово &amp; ещё '.repeat(30)}`
    const strings = Array.from({ length: count }, (_, index) => `<si><t>${text(index)}</t></si>`).join('')
    const at = (row: number) => (row * 7919) % count
    const cell = (index: number) => `<c t="s"><v>${index}</v></c>`
    const rows = Array.from(
      { length: 2000 },
      (_, row) => `<row>${cell(2 + at(row))}${cell(2 + at(row + 1))}</row>`,
    ).join('')
    const file = sheetOf(`<row>${cell(0)}${cell(1)}</row>${rows}`, {
      strings: `<sst><si><t>id</t></si><si><t>text</t></si>${strings}</sst>`,
    })
    const plain = (index: number) => text(index).replaceAll('&amp;', '&').trim()
    const found = await all(file)
    expect(found).toHaveLength(2000)
    for (const [row, result] of found.entries())
      expect('post' in result && [result.post.text.trim()]).toEqual([plain(at(row + 1))])
    expect(await readFileHead(file, { ...options, limits: { maxTexts: 30_000 } })).toMatchObject({
      kind: 'unreadable',
      problem: { key: 'file.too-many-texts', values: { limit: 30_000 } },
    })
  },
)

test('a cell that names a text which is not there is empty', async () => {
  const rows =
    '<row><c t="inlineStr"><is><t>text</t></is></c></row><row><c t="s"><v>7</v></c></row><row><c t="s"><v>x</v></c></row><row><c t="s"><v>0</v></c></row>'
  expect(await all(sheetOf(rows, { strings: '<sst><si><t>есть</t></si></sst>' }))).toMatchObject([
    { row: 4, post: { text: 'есть' } },
  ])
})

test('hostile sheets are refused or cost only their rows', async () => {
  const head = inline(1, 'id', 'text')
  const good = inline(3, '9', 'хорошо')
  const short = (rows: RowResult[]) => rows.map((one) => ('post' in one ? one.post.text : one.reason.key))
  expect(short(await all(sheetOf(`${head}<row r="2">${'<c><v>1</v></c>'.repeat(100_000)}</row>${good}`)))).toEqual([
    'row.too-many-columns',
    'хорошо',
  ])
  expect(short(await all(sheetOf(`${head}<row r="2"><c r="ZZZ2"><v>1</v></c></row>${good}`)))).toEqual([
    'row.too-many-columns',
    'хорошо',
  ])
  expect(short(await all(sheetOf(`${head}${inline(2, '1', 'x'.repeat(300_000))}${good}`)))).toEqual([
    'row.cell-too-long',
    'хорошо',
  ])
  expect(
    short(
      await all(
        sheetOf(`${head}<row r="2"><c t="s"><v>999999</v></c><c t="s"><v>0</v></c></row>${good}`, {
          strings: '<sst><si><t>из списка</t></si></sst>',
        }),
      ),
    ),
  ).toEqual(['из списка', 'хорошо'])
  expect(
    short(
      await all(
        sheetOf(`${head}${inline(2, '1', '&xxe;&lol;').repeat(1)}${good}`, {
          prolog: '<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd"><!ENTITY lol "lollol">]>',
        }),
      ),
    ),
  ).not.toEqual(expect.arrayContaining([expect.stringMatching(/root:|lollol/)]))
  expect(await readFileHead(sheetOf(head + '<a>'.repeat(1000)), options)).toMatchObject({
    kind: 'unreadable',
    problem: { key: 'file.damaged' },
  })
  expect(await readFileHead(sheetOf(`<row r="1"><c t="${'x'.repeat(20_000_000)}"/></row>`), options)).toMatchObject({
    kind: 'unreadable',
    problem: { key: 'file.damaged' },
  })
})

test('a damaged, cut or foreign archive is a reason', async () => {
  const file = await workbook((book) => void book.addWorksheet('A').addRow(['text']))
  for (const broken of [
    file.slice(0, file.length / 2),
    file.slice(0, 100),
    zip([{ name: 'readme.txt', content: Buffer.from('hi') }]),
    zip([]),
  ]) {
    expect(await readFileHead(broken, options)).toMatchObject({ kind: 'unreadable', problem: { key: 'file.damaged' } })
  }
  // A part nobody reads may be damaged without harm.
  for (let at = 0; at < file.length - 100; at += 97) {
    const spoiled = Buffer.concat([file.slice(0, at), Buffer.alloc(100, at), file.slice(at + 100)])
    expect(['readable', 'unreadable']).toContain((await readFileHead(spoiled, options)).kind)
  }
  expect(await readFileHead(await workbook((book) => void book.addWorksheet('A')), options)).toMatchObject({
    problem: { key: 'file.no-sheet' },
  })
})
