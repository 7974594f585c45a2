import { expect, test } from 'vitest'
import { analysePost } from '../../base/text/analyse.ts'
import type { LateFields } from '../match/ask-field.ts'
import { evaluate } from '../match/evaluate.ts'
import { barePost, type Author, type Post } from '../posts/post.ts'
import { fields } from './fields.ts'
import { forms } from './forms.ts'
import { readInProject } from './in-project.ts'
import { readOperator } from './operators.ts'
import { parseQuery } from './parse.ts'

type Known = Partial<Post> & LateFields

/** For each form of the language a text that its example finds and one that it does not. */
const texts: { [form: string]: { en: [string, string]; ru: [string, string] } } = {
  сбер: { en: ['Coffees!', 'tea'], ru: ['нет кофе', 'чай'] },
  '=сбер': { en: ['COFFEE', 'coffees'], ru: ['Кофе', 'чай'] },
  '{BT}': { en: ['BT answers', 'bt answers'], ru: ['банк ВТБ', 'банк втб'] },
  niño: { en: ['un niño', 'un nino'], ru: ['un niño', 'un nino'] },
  '"сбер банк"': { en: ['a flat white', 'a white flat'], ru: ['белый кофе', 'белого кофе'] },
  '[сбер банк]': { en: ['flat whites', 'white flat'], ru: ['белого кофе', 'кофе белый'] },
  '"карта комиссия"~5': {
    en: ['the price of one cup of coffee', 'the price of one small paper cup of good coffee'],
    ru: ['кофе с высокой ценой', 'цена тут не та, что была раньше, а кофе тот'],
  },
  'NEAR/5': {
    en: ['milk in my tea', 'milk one two three four five six tea'],
    ru: ['молоко в чае', 'молоко раз два три четыре пять шесть чай'],
  },
  'NOT NEAR/5': { en: ['coffee alone', 'coffee with milk'], ru: ['один кофе', 'кофе и молоко'] },
  'ONEAR/5': { en: ['coffee with milk', 'milk with coffee'], ru: ['кофе и молоко', 'молоко и кофе'] },
  'ATLEAST/2': { en: ['milk or tea', 'milk'], ru: ['молоко и чай', 'молоко'] },
  SENTENCE: { en: ['milk and coffee', 'Coffee. Milk.'], ru: ['молоко и кофе', 'Кофе. Молоко.'] },
  OSENTENCE: { en: ['coffee and milk', 'milk and coffee'], ru: ['кофе и молоко', 'молоко и кофе'] },
  PARAGRAPH: { en: ['Milk. Coffee.', 'Coffee\nMilk'], ru: ['Молоко. Кофе.', 'Кофе\nМолоко'] },
  OPARAGRAPH: { en: ['Coffee. Milk.', 'Milk. Coffee.'], ru: ['Кофе. Молоко.', 'Молоко. Кофе.'] },
  AND: { en: ['milk, coffee', 'milk'], ru: ['молоко, кофе', 'молоко'] },
  OR: { en: ['tea', 'milk'], ru: ['чай', 'молоко'] },
  NOT: { en: ['coffee', 'coffee, milk'], ru: ['кофе', 'кофе, молоко'] },
  XNOT: { en: ['a coffee machine makes coffee', 'a coffee machine'], ru: ['кофе машина варит кофе', 'кофе машина'] },
  'банк*': { en: ['coffeepot', 'tea'], ru: ['кофейник, кофеварка', 'чай'] },
  'сбербнак~1': { en: ['coffee', 'tea'], ru: ['кофе', 'чай'] },
  'скидка{3}': { en: ['coffee, coffee and coffee', 'coffee, coffee'], ru: ['кофе, кофе и кофе', 'кофе, кофе'] },
  'raw:"C++"': { en: ['in C++', 'in C'], ru: ['на C++', 'на C'] },
  '#tag': { en: ['so good #coffee', 'coffee'], ru: ['люблю #кофе', 'кофе'] },
  'field:value': { en: ['lang en', 'lang de'], ru: ['lang ru', 'lang de'] },
  'list:bank-slang': { en: ['froth', 'coffee'], ru: ['froth', 'кофе'] },
  '*': { en: ['anything', ''], ru: ['что угодно', ''] },
  '<<< … >>>': { en: ['coffee', 'its price'], ru: ['кофе', 'его цена'] },
}

/** The same for forms and fields that a text alone does not decide. */
const kept: { [form: string]: [Known, Known] } = {
  'title:(…)': [{ title: 'Coffee, кофе' }, { text: 'coffee, кофе' }],
  'lead:(…)': [{ text: 'coffee, кофе\nmore' }, { text: 'more\ncoffee, кофе' }],
  'text:(…)': [{ text: 'coffee, кофе' }, { title: 'coffee, кофе' }],
  'field:value': [{ lang: 'en' }, { lang: 'de' }],
  'field:>1000': [by({ followers: 1001 }), by({ followers: 1000 })],
  'field:[3 TO 5]': [{ rating: 5 }, { rating: 2 }],
  author: [by({ name: 'Anna Smith' }), by({ name: 'Anna Jones' })],
  handle: [by({ handle: 'Anna' }), by({ handle: 'anna2' })],
  author_id: [by({ id: '12345' }), by({ id: '1234' })],
  bio: [by({ bio: 'I like coffee' }), by({ bio: 'I like tea' })],
  followers: [by({ followers: 1001 }), by({ followers: 1000 })],
  verified: [by({ verified: true }), by({ verified: false })],
  platform: [{ platform: 'Telegram' }, { platform: 'vk' }],
  source: [{ source: 'coffee news' }, { source: 'news' }],
  site: [{ url: 'https://blog.example.org/a' }, { url: 'https://myexample.org/a' }],
  url: [{ url: 'https://www.example.org/coffee?x=1' }, { url: 'https://example.org/tea' }],
  link: [{ links: ['https://www.example.org/a'] }, { links: ['https://example.com'] }],
  media: [{ media: 'news' }, { media: 'blog' }],
  kind: [{ kind: 'review' }, { kind: 'post' }],
  lang: [{ lang: 'en' }, { lang: 'it' }],
  country: [at({ country: 'IT' }), at({ country: 'FR' })],
  region: [at({ region: 'Lazio' }), at({ region: 'Lombardia' })],
  city: [at({ city: 'rome' }), at({ city: 'Milan' })],
  near: [at({ point: { latitude: 41.95, longitude: 12.45 } }), at({ point: { latitude: 42.1, longitude: 12.5 } })],
  posted: [{ postedAt: new Date('2026-03-31T23:59:59Z') }, { postedAt: new Date('2026-04-01T00:00:00Z') }],
  weekday: [{ postedAt: new Date('2026-11-23T12:00:00Z') }, { postedAt: new Date('2026-11-22T12:00:00Z') }],
  hour: [{ postedAt: new Date('2026-11-23T17:59:00Z') }, { postedAt: new Date('2026-11-23T18:00:00Z') }],
  likes: [{ likes: 101 }, { likes: 100 }],
  shares: [{ shares: 11 }, { shares: 10 }],
  comments: [{ comments: 11 }, { comments: 10 }],
  views: [{ views: 1001 }, { views: 1000 }],
  engagement: [
    { likes: 50, shares: 51 },
    { likes: 50, shares: 50 },
  ],
  reach: [
    { views: 10_001, ...by({ followers: 9 }) },
    { views: 9, ...by({ followers: 10_000 }) },
  ],
  rating: [{ rating: 2 }, { rating: 3 }],
  cluster_size: [{ clusterSize: 6 }, { clusterSize: 5 }],
  has: [{ has: ['link', 'image'] }, { has: ['link'] }],
  id: [{ id: 'telegram:1/2' }, { id: 'telegram:1/3' }],
  parent: [{ parent: 'telegram:1/1' }, { parent: 'telegram:1/2' }],
  root: [{ root: 'telegram:1/1' }, { root: 'telegram:1/2' }],
  thread: [{ id: 'telegram:1/1' }, { root: 'telegram:1/2' }],
  mentions: [{ text: 'to @Anna' }, { text: 'to Anna' }],
  hashtag: [{ text: 'good #Coffee' }, { text: 'good coffee' }],
  sentiment: [{ sentiment: 'negative' }, { sentiment: 'neutral' }],
  stage: [{ stage: 'praise' }, { stage: 'negative' }],
  emotion: [{ emotions: ['joy', 'anger'] }, { emotions: ['anger'] }],
  complaint: [{ complaint: true }, { complaint: false }],
  toxic: [{ toxic: false }, { toxic: true }],
  category: [{ categories: ['Card blocked'] }, { categories: ['card'] }],
  aspect: [{ aspects: ['price:negative'] }, { aspects: ['price:positive'] }],
  topic: [{ topics: [2, 1] }, { topics: [11] }],
  tag: [{ tags: ['Urgent'] }, { tags: [] }],
  spam: [{ spam: false }, { spam: true }],
  bot: [by({ bot: false }), by({ bot: true })],
  status: [{ status: 'open' }, { status: 'solved' }],
  assignee: [{ assignee: null }, { assignee: 'a' }],
  ticket: [{ ticket: 3 }, { ticket: null }],
  sla_left: [{ dueAt: new Date(Date.now() - 300_000) }, { dueAt: new Date(Date.now() + 3_600_000) }],
  read: [{ read: false }, { read: true }],
  important: [{ important: true }, { important: false }],
}

test('every form and field of the language finds what it says, and nothing else', () => {
  const lists = new Map([['bank-slang', 'froth, foam']])
  for (const { write, example } of forms) {
    for (const locale of ['en', 'ru'] as const) {
      const [good, bad] = known(write, locale)
      expect(finds(example[locale], good, lists), `${example[locale]} finds ${JSON.stringify(good)}`).toBe(true)
      expect(write !== '*' && finds(example[locale], bad, lists), `${example[locale]} and ${JSON.stringify(bad)}`).toBe(
        false,
      )
    }
  }
  for (const { name, example } of fields) {
    const [good, bad] = kept[name]!
    expect([name, finds(`${name}:${example}`, good, lists)]).toEqual([name, true])
    expect([name, finds(`${name}:${example}`, bad, lists)]).toEqual([name, false])
    // What is not known satisfies neither the condition nor its negation.
    expect([name, finds(`NOT ${name}:${example}`, bad, lists)]).toEqual([name, true])
  }
})

test('a field that is not known is neither so nor otherwise', () => {
  // These are always known: a text has its words or has not, a mention has an id.
  const always = new Set(['platform', 'id', 'thread', 'link', 'has', 'hashtag', 'mentions', 'tag'])
  for (const { name, example } of fields.filter((one) => !always.has(one.name))) {
    expect([name, finds(`${name}:${example}`, {}), finds(`NOT ${name}:${example}`, {})]).toEqual([name, false, false])
  }
})

test('every example is a query without problems, and every field has another one for each of its names', () => {
  for (const { example } of forms) {
    for (const written of [example.en, example.ru])
      expect([written, parseQuery(written).problems]).toEqual([written, []])
  }
  for (const { name, aliases, example } of fields) {
    const { query, problems } = parseQuery(`${name}:${example}`)
    expect([name, problems]).toEqual([name, []])
    for (const alias of aliases) expect(parseQuery(`${alias}:${example}`).query).toEqual(query)
  }
})

test('every spelling of an operator is read as the operator', () => {
  for (const { write, also } of forms.filter(({ isOperator }) => isOperator)) {
    for (const spelling of [write, ...also]) {
      const tree = (operator: string) =>
        parseQuery(
          operator.startsWith('ATLEAST')
            ? `${operator} (a, b, c)`
            : operator === ',' || operator === '-'
              ? `a ${operator}b`
              : `a ${operator} b`,
        ).query
      const bare = spelling === 'NEAR' || spelling === 'ONEAR'
      expect([spelling, tree(spelling)]).toEqual([spelling, bare ? { ...tree(write), between: 4 } : tree(write)])
    }
  }
})

test.each([
  'AND',
  '&&',
  'И',
  'OR',
  '|',
  '||',
  'ИЛИ',
  'NOT',
  'НЕ',
  'XNOT',
  'NEAR',
  'ONEAR',
  'NEAR/5',
  'NEAR/5f',
  'ONEAR/5',
  '/6',
  '/6f',
  'SENTENCE',
  'OSENTENCE',
  'PARAGRAPH',
  'OPARAGRAPH',
  'ATLEAST/2',
])('the operator %s is told on the reference page', (written) => {
  expect(readOperator(written)).not.toBeNull()
  expect(forms.flatMap(({ write, also }) => [write, ...also])).toContain(written)
})

function known(write: string, locale: 'en' | 'ru'): [Known, Known] {
  if (write === 'field:value') return [{ lang: locale }, { lang: 'de' }]
  const [good, bad] = texts[write]?.[locale] ?? []
  return good === undefined || bad === undefined
    ? kept[write]!
    : [
        { text: good, lang: locale },
        { text: bad, lang: locale },
      ]
}

function finds(query: string, post: Known, lists: ReadonlyMap<string, string> = new Map()): boolean {
  const mention = { ...barePost({ id: 'x:1', platform: '', text: '' }), ...post }
  return evaluate(readInProject(query, { timeZone: 'UTC', lists }).query, mention, analysePost(mention)) !== null
}

function by(author: Partial<Author>): Known {
  return { author: { id: '', name: null, handle: null, bio: null, followers: null, verified: null, ...author } }
}

function at(place: Partial<NonNullable<Post['place']>>): Known {
  return { place: { country: null, region: null, city: null, ...place } }
}
