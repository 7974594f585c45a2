import { expect, test } from 'vitest'
import { analysePost } from '../../base/text/analyse.ts'
import { barePost } from '../posts/post.ts'
import { understandPost, understandTowards } from './understand.ts'

function read(text: string, lang: string | null) {
  const post = { ...barePost({ id: 'x:1', platform: 'x', text }), lang }
  const analysis = analysePost(post)
  return { post, analysis, understood: understandPost(post, analysis) }
}

test('what a post says by itself', () => {
  const { understood } = read('The app keeps crashing and support never answers, terrible bank', 'en')
  expect(understood).toMatchObject({ sentiment: 'negative', complaint: true })
  expect(understood.chanceNegative).toBeGreaterThan(0.7)
  expect(understood.emotions).not.toContain('joy')
  expect(understood.aspects).toContain('app:negative')
})

test.each([
  ['en', 'I love Filin, great service. On the other hand Granat is terrible, they lost my money.', 'Filin', 'Granat'],
  ['ru', 'Филин — лучший банк, спасибо! А вот Гранат ужасен: обманули, деньги не вернули.', 'Филин', 'Гранат'],
])('in %s, the bank is praised and its competitor cursed', (lang, text, praised, cursed) => {
  const { post, analysis } = read(text, lang)
  const place = (word: string) => [{ field: 'text' as const, start: text.indexOf(word), end: text.indexOf(word) + 1 }]
  expect(understandTowards(post, analysis, { 1: place(praised), 2: place(cursed) })).toEqual({
    negativeTopics: [2],
    positiveTopics: [1],
  })
})

test.each([
  [5, 'Terrible queues elsewhere, here nothing to scold', 'positive'],
  [1, 'Great, wonderful, love it. Not.', 'negative'],
  [3, 'I love this app, best ever', 'neutral'],
  [4, '', 'positive'],
])('%i stars are the word of the author: %j', (rating, text, label) => {
  const { post, analysis } = read(text, 'en')
  const understood = understandPost({ ...post, rating }, analysis)
  expect(understood.sentiment).toBe(label)
  expect(understood.sentimentConfidence).toBeGreaterThanOrEqual(0.9)
  const towards = (topics: { [topic: string]: [] }) => understandTowards({ ...post, rating }, analysis, topics)
  expect(towards({ 1: [] })).toEqual({
    negativeTopics: label === 'negative' ? [1] : [],
    positiveTopics: label === 'positive' ? [1] : [],
  })
  // What the stars are for is not told where there are two, so that both are judged by the words.
  expect(towards({ 1: [], 2: [] })).toEqual(understandTowards(post, analysis, { 1: [], 2: [] }))
})

test.each([
  '',
  '😡',
  'a'.repeat(1_000_000),
  'https://example.org/a',
  'שלום עולם',
  '日本語 English русский қазақша 한국어',
])('odd text is answered, mostly with unknown: %.20s', (text) => {
  for (const lang of [null, 'ru', 'en', 'ar', 'xx']) {
    const { understood } = read(text, lang)
    expect(understood.categories).toEqual([])
    if (text.startsWith('http') || text === '') expect(understood.sentiment).toBeNull()
  }
})

test.each([
  ['ru', '@granatbank когда появится доставка карты в Твери?', 'granatbank'],
  ['en', 'Does Granat ship its card to Italy? How much is it?', 'Granat'],
])('in %s, who asks about a competitor does not ask about the brand', (lang, text, name) => {
  const { post, analysis, understood } = read(text, lang)
  const places = { 2: [{ field: 'text' as const, start: text.indexOf(name), end: text.indexOf(name) + name.length }] }
  expect(understood.stage).toBe('product-request')
  expect(understandTowards(post, analysis, places, [2])).toMatchObject({ stage: 'competitor-request' })
  expect(understandTowards(post, analysis, places)).not.toHaveProperty('stage')
})
