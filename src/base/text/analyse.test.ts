import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyse, analysePost } from './analyse.ts'
import { storedWords } from './stored-words.ts'

/** Position and folded word of every token. */
function tokens(text: string, lang: string | null = 'ru'): string {
  const { words, positions } = analyse(text, { lang })
  return words.map(({ folded }, i) => `${positions[i]} ${folded}`).join(', ')
}

test.each([
  ['Сбербанк, банк!', '0 сбербанк, 1 банк'],
  ['по-русски говорю', '0 по-русски, 0 по, 1 русски, 2 говорю'],
  ["п'ять м’яких", "0 п'ять, 1 м'яких"],
  ["dell'offerta", "0 dell'offerta, 0 offerta"],
  ["Wendy's", "0 wendy's, 0 wendy"],
  ['https://www.sber.ru/a?b=1.', '0 https://www.sber.ru/a?b=1, 0 sber.ru'],
  ['#Сбер_Банк рядом', '0 #сбер_банк, 0 сбер, 1 банк, 2 рядом'],
  ['@name и $SBER', '0 @name, 0 name, 1 и, 2 $sber, 2 sber'],
  ['100$ 5G', '0 100, 1 5g'],
  ['ура 👍🏽❤️🇰🇿', '0 ура, 1 👍, 2 ❤, 3 🇰🇿'],
  ['𝐒𝐛𝐞𝐫 ﬁn', '0 sber, 1 fin'],
  ['за́мок Ёлка йод', '0 замок, 1 елка, 2 йод'],
  ['Straße café İstanbul', '0 strasse, 1 cafe, 2 istanbul'],
  ['我喜欢北京', '0 我, 1 喜欢, 2 北京'],
  ['สวัสดีครับ', '0 สวัสดี, 1 ครับ'],
  ['раз\u00adрыв', '0 разрыв'],
  ['a\u0000b \ud800 в', '0 a, 1 b, 2 в'],
])('%s is read as %s', (text, expected) => {
  expect(tokens(text)).toBe(expected)
})

/** Whether two words are forms of one, as posts of the language have them. */
function sameWord(lang: string, a: string, b: string): boolean {
  const stems = (text: string) => analyse(text, { lang }).words[0]!.stems
  return stems(a).some((stem) => stems(b).includes(stem))
}

test.each([
  ['ru', 'банк банка банку банком банке банки банков банкам банками'],
  ['ru', 'скидка скидки скидку скидкой скидок скидками'],
  ['ru', 'комиссия комиссии комиссию комиссией комиссий'],
  ['ru', 'продавец продавца продавцу продавцом'],
  ['uk', 'картка картки картку карткою карток карткам'],
  ['uk', 'швидкість швидкості швидкістю'],
  ['uk', 'комісія комісії комісію комісією'],
  ['kk', 'банк банкі банктер банкінің банкке банкіде банктерге'],
  ['kk', 'кітап кітабы кітаптар кітаптың'],
  ['en', "card cards card's"],
  ['en', 'complain complained complaining complains'],
  ['it', 'carta carte'],
  ['it', 'assicurazione assicurazioni'],
  ['de', 'Karte Karten'],
  ['fr', 'banque banques'],
  ['es', 'tarjeta tarjetas'],
])('%s: %s are one word', (lang, forms) => {
  const [first, ...others] = forms.split(' ')
  expect(others.filter((other) => !sameWord(lang, first!, other))).toEqual([])
})

test('a post taken for a neighbour language still has the stems of the common one', () => {
  expect(analyse('картой', { lang: 'uk' }).words[0]!.stems).toContain('ru:карта')
  expect(analyse('cards', { lang: 'nl' }).words[0]!.stems).toContain('en:card')
  expect(analyse('картой', { lang: 'en' }).words[0]!.stems).toEqual(['ru:карта'])
})

test('the stem of a word does not depend on the words before it', () => {
  const words = 'швидкість молодість гордость хороший нарешті'.split(' ')
  const alone = words.map((word) => analyse(word, { lang: 'uk' }).words[0]!.stems)
  const together = analyse(words.toReversed().join(' '), { lang: 'uk' }).words.map(({ stems }) => stems)
  expect(together.reverse()).toEqual(alone)
})

/** The words of each sentence. */
function sentences(text: string): string[] {
  const { words, positions, sentenceAt } = analyse(text, { lang: 'ru' })
  const found: string[] = []
  words.forEach(
    ({ folded }, i) =>
      (found[sentenceAt[positions[i]!]!] = `${found[sentenceAt[positions[i]!]!] ?? ''} ${folded}`.trim()),
  )
  return found
}

test.each([
  ['Это банк. Вот карта! А вот что?', ['это банк', 'вот карта', 'а вот что']],
  ['г. Москва, ул. Ленина', ['г москва ул ленина']],
  ['т. е. так... и дальше', ['т е так и дальше']],
  ['3.5 млн. Много', ['3 5 млн много']],
  ['Раз\nдва', ['раз', 'два']],
  ['你好。再见', ['你好', '再见']],
])('sentences of %j', (text, expected) => {
  expect(sentences(text)).toEqual(expected)
})

test('title and text are one stream with a gap, and sentences never cross it', () => {
  const a = analysePost({ title: 'Сбер', text: 'банк', lang: 'ru' })
  expect([...a.positions]).toEqual([0, 2])
  expect([a.textPosition, a.textToken]).toEqual([2, 1])
  expect(a.sentenceAt[0]).not.toBe(a.sentenceAt[2])
  // A title of signs alone has a place of its own, for a search of characters to tell it from the text.
  expect([...analysePost({ title: '!!!', text: 'банк', lang: 'ru' }).positions]).toEqual([2])
})

test('in plain mode words are runs of letters and digits in lower case, and nothing else', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (text) => {
      const { words } = analyse(text, { mode: 'plain' })
      expect(words.map(({ folded }) => folded)).toEqual(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    }),
    { numRuns: 2_000 },
  )
})

test('whatever a text holds, its words stand in order and inside it, and mean the same every time', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 80 })),
      (text) => {
        const a = analyse(text, { lang: 'ru' })
        a.words.forEach((word, i) => {
          expect(a.starts[i]!).toBeLessThan(a.ends[i]!)
          expect(a.ends[i]!).toBeLessThanOrEqual(text.length)
          if (i > 0) expect(a.positions[i]!).toBeGreaterThanOrEqual(a.positions[i - 1]!)
          expect(a.positions[i]! + word.width).toBeLessThanOrEqual(a.sentenceAt.length)
          expect(word.folded.isWellFormed()).toBe(true)
        })
        expect(storedWords(analyse(text, { lang: 'ru' }))).toEqual(storedWords(a))
      },
    ),
    { numRuns: 3_000 },
  )
})

test.each([
  'a',
  'ж ',
  'a-',
  '#a_',
  "a'",
  '. ',
  'я\n',
  '我',
  '\ud800',
  '😀',
  '👨‍👩‍👧',
  'http://',
  'https://a.b/(',
  'สวัสดี',
  '\u202e',
])('a megabyte of %j is read in its time', (piece) => {
  const started = performance.now()
  const a = analysePost({ title: null, text: piece.repeat(1_000_000 / piece.length), lang: 'ru' })
  expect(a.sentenceAt.length).toBeLessThanOrEqual(60_000)
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('an address that comes again is the same word, and not the word of the same letters', () => {
  const read = () => analyse('localhost http://localhost/ localhost', { lang: 'en' })
  const [{ words }, again] = [read(), read()]
  expect(words.map(({ folded, stems }) => [folded, stems.length > 0])).toEqual([
    ['localhost', true],
    ['http://localhost/', false],
    ['localhost', false],
    ['localhost', true],
  ])
  for (const [token, word] of words.entries()) expect(again.words[token]).toBe(word)
  // The other way round: the address is met first.
  const [, host, word] = analyse('http://somehost somehost', { lang: 'en' }).words
  expect([host!.stems.length, word!.stems.length > 0]).toEqual([0, true])
})
