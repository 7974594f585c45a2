import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeded } from '../../base/learn/random.ts'
import { analyse } from '../../base/text/analyse.ts'
import { Copies } from './copies.ts'
import { Prints } from './prints.ts'

const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000)

/** Places texts one behind the other, under ids 0, 1, …; on day 0 unless `days` says otherwise. */
function place(texts: string[], { days = [] as number[], copies = new Copies(100_000), from = 0 } = {}): string[] {
  const prints = new Prints()
  return texts.map((text, index) => {
    prints.read(analyse(text))
    return copies.place(prints, { id: String(from + index), at: day(days[index] ?? 0), scope: 0 })
  })
}

const original = `Филин Банк блокирует счета пенсионеров без объяснения причин
В отделении на Садовой сегодня стояла очередь на два часа, охранник пускал внутрь по пять человек.
Сотрудница за стойкой сказала, что программа перестала узнавать карты, выпущенные до прошлой весны.`

test('links, names, case, emoji and punctuation do not make a copy a new text', () => {
  expect(
    place([
      'Филин блокирует счета пенсионеров без причины!',
      'ФИЛИН блокирует счета пенсионеров — без причины 😡😡 https://filin-obman.example/a?b=1',
      '@vasya #Филин блокирует   счета пенсионеров, без причины',
    ]),
  ).toEqual(['0', '0', '0'])
})

test('a hyphen or a blank between two words is the same text', () => {
  expect(place(['перешла в альфа-банк из другого банка', 'перешла в альфа банк из другого банка'])).toEqual(['0', '0'])
})

test('a repost keeps only the first paragraph, adds its signature, swaps words: one cluster, named after the first', () => {
  const [first = '', second = ''] = original.split('\n')
  expect(
    place([
      original,
      `${first}\n${second}`,
      `❗️ ${first}\n${second} 👉 Городские новости. Подписаться https://t.me/gorod`,
      original.replace('очередь', 'толпа').replace('сказала', 'объяснила'),
    ]),
  ).toEqual(['0', '0', '0', '0'])
})

test('a repost may be longer than what came in first', () => {
  expect(place([original.split('\n').slice(0, 2).join('\n'), original])).toEqual(['0', '0'])
})

test('the same sentence with another number is another event', () => {
  expect(
    place([
      'Доллар поднялся выше 108 рублей на международной бирже',
      'Доллар поднялся выше 109 рублей на международной бирже',
    ]),
  ).toEqual(['0', '1'])
})

test('a digest that quotes a post is no copy of it', () => {
  const quoted = 'Банки соседней страны перестали обслуживать выпущенные карты'
  const others = 'На юге региона открыли новый мост через реку. Школьники выиграли олимпиаду по физике. '
  expect(place([quoted, `${others}${others.toUpperCase()}Ещё два поезда опоздали. ${quoted}. ${original}`])).toEqual([
    '0',
    '1',
  ])
})

test('the signature of a channel makes no cluster of its posts', () => {
  const signature = 'Подписаться на Городские новости без цензуры и рекламы | Прислать новость редакции'
  const posts = [
    'Сегодня ночью ожидаются заморозки до двух градусов',
    'На Садовой открылась кофейня для собак и их хозяев',
    'Мост через реку закроют на ремонт до самой весны',
    'Троллейбусы вернутся на проспект в следующем году',
    'Учёные нашли в парке гриб, который светится ночью',
    'Школа на окраине получила новый телескоп в подарок',
  ].map((text) => `${text}\n${signature}`)
  expect(place(posts).slice(3)).toEqual(['3', '4', '5'])
})

test('short texts say the same by chance and stand alone', () => {
  expect(
    place(['спасибо!', 'спасибо!', '😡😡 https://filin-obman.example/a', '😡😡 https://filin-obman.example/a']),
  ).toEqual(['0', '1', '2', '3'])
})

test('an older original that comes in later joins, and the cluster keeps its name', () => {
  expect(place([original, original], { days: [5, 2] })).toEqual(['0', '0'])
})

test('a text may come back within 30 days of its last copy, later it is new', () => {
  expect(place([original, original, original, original], { days: [0, 20, 40, 75] })).toEqual(['0', '0', '0', '3'])
})

test('another scope knows nothing of it', () => {
  const copies = new Copies(1000)
  const prints = new Prints()
  prints.read(analyse(original))
  const names = [1, 2, 1].map((scope, id) => copies.place(prints, { id: String(id), at: day(0), scope }))
  expect(names).toEqual(['0', '1', '0'])
})

// Invented words, each once in its text: texts share nothing by chance, and a row of words says where it is from.
const text = fc
  .uniqueArray(fc.nat(7999), { minLength: 12, maxLength: 300 })
  .map((numbers) => numbers.map(invented).join(' '))

function invented(n: number): string {
  return ['бвгдклмнпрстфхцчшщжз', 'абвгдеёжзийклмнопрст', 'оунэюяабвгдезиклмпрт']
    .map((letters, place) => letters[Math.floor(n / 20 ** place) % 20])
    .join('')
}

test('law: exact copies are always together, whatever comes between', () => {
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(7), { maxLength: 30 }),
      (texts, order) => {
        const sent = order.map((index) => texts[index % texts.length]!)
        const names = place(sent)
        for (const [a, text] of sent.entries()) expect(names[a]).toBe(names[sent.indexOf(text)])
      },
    ),
  )
})

test('law: a page done twice changes nothing, also after a restart', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
      const copies = new Copies(100_000)
      const names = place(texts, { copies })
      expect(place(texts, { copies })).toEqual(names)
      const restarted = new Copies(100_000)
      const prints = new Prints()
      for (const [index, text] of texts.entries()) {
        prints.read(analyse(text))
        prints.unpack(prints.pack())
        restarted.restore(prints, { id: String(index), at: day(0), scope: 0 }, names[index]!)
      }
      expect(place(texts, { copies: restarted })).toEqual(names)
      expect(place(texts, { copies: restarted, from: 1000 })).toEqual(names)
    }),
  )
})

// Of a longer text only some rows are kept, so chance has a part in it.
test('of 2,000 texts cut to their beginning, with a swapped word and an added end, 99 % find their original', () => {
  const random = seeded(1)
  const upTo = (most: number) => Math.floor(random() * most)
  const texts = Array.from({ length: 2000 }, () =>
    Array.from({ length: 12 + upTo(290) }, () => invented(upTo(8000))).join(' '),
  )
  const changed = texts.map((text, index) => {
    const words = text.split(' ')
    const kept = words.slice(0, Math.max(12, Math.ceil(words.length * (0.3 + 0.7 * random()))))
    kept[upTo(kept.length)] = 'подменено'
    return kept.join(' ') + ['', ' читать далее', ' 🔥 @kanal https://a.example'][index % 3]!
  })
  const names = place([...texts, ...changed])
  const found = changed.filter((_, index) => names[2000 + index] === names[index])
  expect(found.length).toBeGreaterThanOrEqual(1980)
  expect(new Set(names.slice(0, 2000)).size).toBeGreaterThanOrEqual(1980)
})

test('memory stays bounded, and what was forgotten is new again', () => {
  const copies = new Copies(15_000)
  const [name] = place([original], { copies })
  const random = seeded(3)
  const sizes = [1, 2, 3, 4].map((round) => {
    const texts = Array.from({ length: 9000 }, () =>
      Array.from({ length: 12 }, () => invented(Math.floor(random() * 8000))).join(' '),
    )
    place(texts, { copies, from: round * 1_000_000 })
    return copies.bytes
  })
  expect(sizes.at(-1)).toBe(sizes.at(-2))
  expect(copies.bytes / 15_000).toBeLessThan(300)
  expect(place([original], { copies, from: 1 })).not.toEqual([name])
})

test('bad input: empty, one word a megabyte long and often, links only, right to left, many scripts', () => {
  const texts = [
    '',
    '😀',
    'https://a.example/b https://c.example/d',
    'слово '.repeat(170_000),
    'а'.repeat(1_000_000),
    'تم إغلاق الفرع الرئيسي للبنك اليوم بدون أي إعلان مسبق للعملاء',
    '今日は銀行の支店が予告なしに閉まっていて多くの人が外で待っていました',
    '\ud800\udfff\ud800 \u202e abc \0',
  ]
  const names = place([...texts, ...texts])
  expect(names.slice(0, 8)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
  for (const long of [3, 4, 5, 6]) expect(names[8 + long]).toBe(String(long))
})
