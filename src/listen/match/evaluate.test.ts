import { expect, test } from 'vitest'
import { analysePost } from '../../base/text/analyse.ts'
import { barePost, type Post } from '../posts/post.ts'
import { parseQuery } from '../query/parse.ts'
import { evaluate } from './evaluate.ts'
import { explainMatch, type PartExplained } from './explain-match.ts'

function places(query: string, post: string | Partial<Post>): string[] | null {
  const whole = barePost({
    id: 'x:1',
    platform: 'x',
    text: '',
    lang: 'ru',
    ...(typeof post === 'string' ? { text: post } : post),
  })
  const found = evaluate(parseQuery(query).query, whole, analysePost(whole))
  return (
    found && found.map(({ field, start, end }) => (field === 'title' ? whole.title! : whole.text).slice(start, end))
  )
}
const matches = (query: string, post: string | Partial<Post>) => places(query, post) !== null

test.each([
  ['сбер', 'перевели через Сбера', true],
  ['карта', 'по картам и картой', true],
  ['=карта', 'по картам', false],
  ['=карта', 'моя КАРТА', true],
  ['{ВТБ}', 'банк ВТБ', true],
  ['{ВТБ}', 'банк втб', false],
  ['ёлка', 'елки', true],
  ['елка', 'у ёлки', true],
  ['карта', 'картофель', false],
  ['переказ', { text: 'чекаю на перекази', lang: 'uk' }, true],
  ['банк', { text: 'Филин банкінің қосымшасы', lang: 'kk' }, true],
  ['card', { text: 'two cards declined', lang: 'en' }, true],
  ['carta', { text: 'le mie carte non funzionano', lang: 'it' }, true],
  ['niño', 'el nino', false],
  ['nino', 'el niño', true],
  ['"карта не работает"', 'карта не работает', true],
  ['"карта не работает"', 'карты не работают', false],
  ['[карта не работает]', 'карты не работают', true],
  ['"альфа банк"', 'пошёл в альфа-банк', true],
  ['альфа-банк', 'в альфа-банке', true],
  ['банк', 'в альфа-банке', true],
  ['#сбой', 'опять #сбой', true],
  ['#сбой', 'опять сбой', false],
  ['сбой', 'опять #сбой', true],
  ['банк*', 'банкомат', true],
  ['*банк', 'сбербанк', true],
  ['б?нк', 'бунк', true],
  ['b?nk', 'blank', false],
  ['сбербнак~1', 'сбербанк', true],
  ['сбер NOT карта', 'сбер и карта', false],
  ['сбер -карта', 'сбер', true],
  ['карта NEAR/1 банк', 'карта одного банка', true],
  ['карта NEAR/1 банк', 'карта из одного банка', false],
  ['карта /2 банк', 'карта одного банка', true],
  ['банк ONEAR/3 карта', 'карта банка', false],
  ['банк ONEAR/3 карта', 'банк и карта', true],
  ['карта NEAR/5 карта', 'одна карта', false],
  ['карта NEAR/5 карта', 'карта и карта', true],
  ['банк NOT NEAR/2 карта', 'карта банка. А вот совсем другой хороший банк', true],
  ['банк NOT NEAR/2 карта', 'карта банка', false],
  ['банк SENTENCE карта', 'Это банк. Вот карта', false],
  ['банк SENTENCE карта', 'Это банк, вот карта.', true],
  ['банк PARAGRAPH карта', 'Банк.\nКарта.', false],
  ['ATLEAST/2 (банк, карта, вклад)', 'карта и вклад', true],
  ['ATLEAST/2 (банк, карта, вклад)', 'вклад', false],
  ['bill XNOT "bill gates"', { text: 'bill gates paid', lang: 'en' }, false],
  ['bill XNOT "bill gates"', { text: 'bill gates paid the bill', lang: 'en' }, true],
  ['скидка{3}', 'скидка, скидки, скидкой', true],
  ['скидка{3}', 'скидка, скидки', false],
  ['скидка{1,2}', 'скидка, скидки, скидкой', false],
  ['raw:"C++"', 'учу C++', true],
  ['raw:"C++"', 'учу C#', false],
  ['title:(банк)', { title: 'Банк', text: 'карта' }, true],
  ['title:(карта)', { title: 'Банк', text: 'карта' }, false],
  ['"банк карта"', { title: 'Банк', text: 'карта' }, false],
  ['lead:карта', { title: 'Банк', text: 'карта\nвклад' }, true],
  ['lead:вклад', { title: 'Банк', text: 'карта\nвклад' }, false],
  ['сбер | альфа', 'альфа', true],
  ['сбер И карта', 'сбер и карта', true],
] as [string, string | Partial<Post>, boolean][])('%s in %j is %s', (query, post, expected) => {
  expect(matches(query, post)).toBe(expected)
})

test('an unknown field satisfies neither a condition nor its negation', () => {
  expect(matches('likes:>10', { text: 'a' })).toBe(false)
  expect(matches('слово NOT likes:>10', { text: 'слово' })).toBe(false)
  expect(matches('слово NOT likes:>10', { text: 'слово', likes: 3 })).toBe(true)
})

test.each([
  ['platform:vk', { platform: 'vk' }],
  ['site:example.com', { url: 'https://forum.example.com/t/1' }],
  ['link:news.example', { links: ['https://news.example/a'] }],
  [
    'followers:>1000',
    { author: { id: 'a', name: 'Иван Петров', handle: 'ivan', bio: null, followers: 5000, verified: true } },
  ],
  [
    'author:петров',
    { author: { id: 'a', name: 'Иван Петров', handle: null, bio: null, followers: null, verified: null } },
  ],
  ...['author:Пет*', 'author:"ив?н пет*"', 'author:*тров'].map((query): [string, Partial<Post>] => [
    query,
    { author: { id: 'a', name: 'Иван Петров', handle: null, bio: null, followers: null, verified: null } },
  ]),
  ['rating:[3 TO 5]', { rating: 4 }],
  ['posted:2026-11', { postedAt: new Date('2026-11-30T23:59:00Z') }],
  ['weekday:sun', { postedAt: new Date('2026-11-22T10:00:00Z') }],
  ['engagement:>=5', { likes: 3, comments: 2 }],
  ['has:image', { has: ['image'] }],
  ['hashtag:сбой', { text: 'опять #Сбой' }],
  ['tag:важно', { tags: ['важно'] }],
  ['city:Казань', { place: { country: 'RU', region: null, city: 'Казань' } }],
] as [string, Partial<Post>][])('%s finds it', (query, post) => {
  expect(matches(query, { text: 'x', ...post })).toBe(true)
  expect(matches(query, { text: 'x', postedAt: new Date('2020-01-01T00:00:00Z'), rating: 1 })).toBe(false)
})

test('a match says which places made it true, and never what was excluded', () => {
  expect(places('(карта OR вклад) NOT сова', 'Вклад, карты и филин')).toEqual(['Вклад', 'карты'])
  expect(places('"карта банка"', 'вот карта банка')).toEqual(['карта банка'])
  expect(places('title:филин карта', { title: 'Филин', text: 'карта филина' })).toEqual(['Филин', 'карта'])
})

test('hostile text is only text', () => {
  for (const text of ['\ud800', '\0карта\0', 'карта'.repeat(50_000), '‮карта‬', '<script>карта</script>'])
    expect(() => matches('карта OR к*а*р*т*а*х NEAR/3 банк', text)).not.toThrow()
  expect(matches('карта', '<script>карта</script>')).toBe(true)
})

test.each([
  'карта NEAR/100000 банк',
  '(карта NEAR/100 банк) NEAR/100 карта',
  '(карта SENTENCE банк) SENTENCE карта',
  'карта NOT NEAR/5 банк',
  'карта XNOT "карта банк"',
  '"карта карта карта карта карта карта карта карта нет"~100000',
  '("карта банк"~1000) NEAR карта',
  '"карта карта"',
  'raw:"а" NEAR/3 raw:"б"',
  '(карта OR банк){9999}',
  '*а*а*а*а*я',
  'крата~2 NEAR/5 бнак~2',
])('%s is answered for a megabyte of its own words in a moment', (query) => {
  const started = performance.now()
  matches(query, 'карта банк '.repeat(90_000))
  matches(query, 'карта '.repeat(160_000))
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('it is said why a mention matched, and which part failed', () => {
  const asked = (query: string, text: string) => {
    const post = barePost({ id: 'x:1', platform: 'x', text, lang: 'ru' })
    const deciding: string[] = []
    const collect = (part: PartExplained) => {
      if (part.decides && part.parts.length === 0) deciding.push(`${part.text}: ${part.truth}`)
      part.parts.forEach(collect)
    }
    collect(explainMatch(parseQuery(query).query, post, analysePost(post)))
    return deciding
  }
  expect(asked('(карта OR вклад) NOT сова', 'карта')).toEqual(['карта: true', 'сова: false'])
  expect(asked('(карта OR вклад) NOT сова', 'карта и сова')).toEqual(['сова: true'])
  expect(asked('(карта OR вклад) банк', 'банк')).toEqual(['карта: false', 'вклад: false'])
  expect(asked('карта likes:>5', 'карта')).toEqual(['likes:>5: null'])
})
