import { expect, test } from 'vitest'
import { analysePost } from '../../base/text/analyse.ts'
import { barePost } from '../posts/post.ts'
import { findAspects } from './aspects.ts'
import { discoverTerms, termsOf } from './aspects/discover.ts'
import { logLikelihood } from './aspects/log-likelihood.ts'
import { makePhrasebook } from './aspects/phrasebook.ts'

function read(lang: string | null, text: string, title: string | null = null) {
  const post = barePost({ id: 'x', platform: 'x', text, title, lang })
  return { post, analysis: analysePost(post) }
}

function aspectsOf(lang: string | null, text: string) {
  const { post, analysis } = read(lang, text)
  return findAspects(post, analysis).map(({ aspect, polarity }) => `${aspect}:${polarity}`)
}

test.each([
  ['ru', 'Доставка отличная, но цены ужасные', ['delivery:positive', 'price:negative']],
  ['ru', 'Персонал вежливый, зато приложение постоянно глючит', ['staff:positive', 'app:negative']],
  ['ru', 'Очень дорого', ['price:negative']],
  ['ru', 'Связь не ловит вообще', ['connection:negative']],
  ['ru', 'Сервис не понравился', ['service:negative']],
  ['en', 'The staff were friendly but the soup was cold and bland', ['staff:positive', 'taste:negative']],
  ['en', 'Great delivery, terrible app', ['delivery:positive', 'app:negative']],
  ['en', 'Food, service and prices were excellent', ['taste:positive', 'service:positive', 'price:positive']],
  ['en', 'The battery is not good', ['battery:negative']],
  ['uk', 'Чудова доставка, але дуже дорого', ['delivery:positive', 'price:negative']],
  ['kk', 'Қосымша өте жақсы, бірақ жеткізу нашар', ['app:positive', 'delivery:negative']],
  ['it', 'Consegna veloce ma prezzi pessimi', ['delivery:positive', 'price:negative']],
])('%s: %s', (lang, text, expected) => {
  expect(aspectsOf(lang, text)).toEqual(expect.arrayContaining(expected))
})

test('what does not work is judged, and not its working', () => {
  expect(aspectsOf('ru', 'Экран не работает')).toEqual(['screen:negative'])
})

test('the quote is the clause, in the words of the post', () => {
  const text = 'Заказал вчера. Курьер приехал быстро и был вежлив, а вот упаковка порвалась.'
  const { post, analysis } = read('ru', text, 'Отзыв о доставке')
  const quotes = findAspects(post, analysis).map(({ quote }) => text.slice(quote.start, quote.end))
  expect(quotes[0]).toBe('Курьер приехал быстро')
  expect(quotes.at(-1)).toBe('а вот упаковка порвалась')
})

test('a feeling makes an advantage emotional', () => {
  const kinds = (text: string) => {
    const { post, analysis } = read('en', text)
    return findAspects(post, analysis).map(({ kind }) => kind)
  }
  expect(kinds('The delivery arrived on time')).toEqual(['functional'])
  expect(kinds('I love the delivery')).toEqual(['emotional'])
  expect(kinds('Beautiful design')).toContain('emotional')
})

test('log-likelihood is that of a 2×2 table', () => {
  // G² of [[110, 2442], [111, 29114]], the example of the bigram “the swiss” in Dunning 1993, table 1.
  expect(logLikelihood(110, 110 + 2442, 111, 111 + 29114)).toBeCloseTo(270.72, 0)
  expect(logLikelihood(5, 100, 5, 100)).toBeCloseTo(0)
  expect(logLikelihood(1, 1_000, 50, 1_000)).toBeLessThan(0)
})

test('what people of a project judge is discovered, and then found', () => {
  const own = [
    'Крышка отличная',
    'Плохая крышка у этой кружки',
    'Очень понравилась крышка',
    'Крышка ужасная',
    'Люблю эту крышку',
    'Крышка просто супер',
  ]
  const background = [
    'Завтра дождь',
    'Прекрасная погода в городе',
    'Ужасный фильм',
    'Мы поехали в отпуск',
    'Отличный концерт вчера',
    'Поезд опоздал на час',
    'Дети пошли в школу',
    'Хорошая книга',
  ]
  const found = discoverTerms(
    own.map((text) => read('ru', text)),
    [...background, ...background].map((text) => read('ru', text)),
  )
  expect(found.map(({ written }) => written)).toEqual(['крышка'])
  expect(found[0]).toMatchObject({ praised: 4, blamed: 2 })
  const { post, analysis } = read('ru', 'Крышкой недоволен, плохая')
  expect(findAspects(post, analysis, termsOf(found))[0]).toMatchObject({ aspect: 'крышка', polarity: 'negative' })
})

test('a phrasebook counts mentions and keeps the best words of each with its mention', () => {
  const mentions = [
    { id: 'a', text: 'Доставка быстрая и очень удобная для нашей большой семьи', likes: 3 },
    { id: 'b', text: 'Доставка отличная', likes: null },
    { id: 'c', text: 'доставка — отличная!', likes: 0 },
    { id: 'd', text: 'Доставка ужасная, больше не закажу', likes: 0 },
    { id: 'e', text: 'Когда доставка?', likes: 0 },
  ].map((mention) => {
    const { post, analysis } = read('ru', mention.text)
    return { ...mention, aspects: findAspects(post, analysis) }
  })
  const entry = makePhrasebook(mentions).find(({ aspect }) => aspect === 'delivery')!
  expect(entry).toMatchObject({ praised: 3, blamed: 1, named: 1 })
  expect(entry.praise[0]).toMatchObject({ mention: 'a' })
  expect(entry.blame).toEqual([{ mention: 'd', words: 'Доставка ужасная' }])
  expect(makePhrasebook([])).toEqual([])
})

const odd = [
  '',
  '😀',
  '...!?',
  'https://example.com/a',
  'مرحبا، التوصيل رائع',
  'שלום',
  '\ud800 цена \udfff',
  'цена '.repeat(200_000),
  'a'.repeat(1_000_000),
  'Hello привет сәлем привіт ciao hola bonjour hallo olá merhaba γειά שלום مرحبا नमस्ते 你好 こんにちは 안녕 สวัสดี',
]

test.each(odd)('odd text has an answer and throws nothing (%#)', (text) => {
  for (const lang of ['ru', 'en', 'uk', 'kk', 'it', 'ar', '', null]) {
    for (const { quote } of (() => {
      const { post, analysis } = read(lang, text)
      return findAspects(post, analysis)
    })()) {
      expect(quote.start).toBeLessThan(quote.end)
      expect(quote.end).toBeLessThanOrEqual(text.length)
    }
  }
  expect(aspectsOf('ar', text)).toEqual([])
})
