import { expect, test } from 'vitest'
import { analyse } from '../../base/text/analyse.ts'
import { findSentiment, findSentimentTowards, sureFrom, sureUnheardFrom } from './sentiment.ts'
import { pickLabel } from './sentiment/model.ts'
import { placesOf } from './sentiment/places-of.ts'

function labelOf(text: string, lang: string | null): string | undefined {
  return findSentiment(analyse(text, { lang }), lang)?.label
}

test.each([
  ['en', 'I love this phone, best camera ever', 'positive'],
  ['en', 'worst service ever, so angry and disappointed', 'negative'],
  ['en', 'The store opens at 10 am on Tuesday', 'neutral'],
  ['ru', 'Сбербанк опять не работает, ужасно надоели', 'negative'],
  ['ru', 'Спасибо Билайн, отличный интернет!', 'positive'],
  ['kk', 'Керемет қосымша, маған қатты ұнады', 'positive'],
  ['kk', 'Өте нашар, мүлдем істемейді', 'negative'],
  ['it', 'Che schifo, governo vergognoso', 'negative'],
  ['es', 'Muchas gracias, me encanta, qué bonito día', 'positive'],
  ['de', 'So ein Scheiß, ich hasse das', 'negative'],
  ['uk', 'Дякую, я така щаслива, обожнюю', 'positive'],
])('a plain post in %s is taken as anybody would: %s', (lang, text, label) => {
  expect(labelOf(text, lang)).toBe(label)
})

test.each([
  '',
  ' \n\t',
  '@someone @other',
  'https://example.org/a?b=1',
  'http://a.example www.b.example/c @d',
  '!!! ...',
  '12 345',
])('nothing to judge has no tonality: %j', (text) => {
  expect(findSentiment(analyse(text), null)).toBeNull()
  expect(findSentimentTowards(analyse(text), 'ru', [])).toBeNull()
})

const odd = {
  'one emoji': '😡',
  'many emoji': '😡🎉'.repeat(100_000),
  'a megabyte': 'так себе '.repeat(120_000),
  'one word of a megabyte': 'ы'.repeat(1_000_000),
  'right to left': 'هذا المنتج سيء جدا ولا أنصح به',
  'letters of no language': '\u{1D54F}\ud800 \u0000 ���',
  'letters of another alphabet': 'spasibo bolshoe, ochen ponravilos',
  'thirty languages':
    'good хорошо жақсы добре buono bon gut अच्छा bom bueno 好 良い 좋은 jó dobry bra god hyvä iyi tốt ดี טוב καλός добър dobro bun labas hea labs mirë jayyid',
}
test.each(Object.entries(odd))('%s has an answer that adds up', (_, text) => {
  for (const lang of [null, 'ru', 'en', '__proto__']) {
    const analysis = analyse(text, { lang })
    for (const found of [findSentiment(analysis, lang)!, findSentimentTowards(analysis, lang, [0])!]) {
      const { negative, neutral, positive } = found.scores
      expect(negative + neutral + positive).toBeCloseTo(1)
      if (found.sure) expect(found.scores[found.label]).toBe(Math.max(negative, neutral, positive))
    }
  }
})

test('a rare label is taken where it is nearly as likely as a frequent one', () => {
  const due = [4, 1, 1]
  expect(pickLabel(Float64Array.of(0.3, 0.5, 0.2), { scale: 1, shifts: [0, 0, 0], due })).toBe(0)
  expect(pickLabel(Float64Array.of(0.1, 0.7, 0.2), { scale: 1, shifts: [0, 0, 0], due })).toBe(1)
})

test('a language that was never measured is never sure, a close call neither', () => {
  const text = 'I love this phone, best camera ever'
  expect(findSentiment(analyse(text), 'en')).toMatchObject({ sure: true })
  expect(findSentiment(analyse(text), 'tlh')).toMatchObject({ sure: false })
  expect(findSentiment(analyse(text), null)).toMatchObject({ sure: false })
  const close = findSentiment(analyse('well, it is a phone that I have now', { lang: 'en' }), 'en')!
  expect(close.sure).toBe(close.scores[close.label] >= sureFrom)
})

test('Russian praise or blame that no listed word stands for must be very likely to be sure', () => {
  const sure = (text: string) => findSentiment(analyse(text, { lang: 'ru' }), 'ru')!
  expect(sure('Ужасный банк, отвратительное обслуживание')).toMatchObject({ label: 'negative', sure: true })
  const unheard = sure('почему с карты сняли деньги')
  expect(unheard.label).toBe('negative')
  expect(unheard.scores.negative).toBeGreaterThan(sureFrom)
  expect(unheard.scores.negative).toBeLessThan(sureUnheardFrom)
  expect(unheard.sure).toBe(false)
})

test('a post with two brands is judged towards the one that is asked about', () => {
  const text = 'Билайн радует, интернет отличный, спасибо! А вот МТС ужасно бесит, связь опять пропала'
  const analysis = analyse(text, { lang: 'ru' })
  const towards = (name: string) => findSentimentTowards(analysis, 'ru', placesOf(analysis, name))!
  expect(towards('билайн').scores.positive).toBeGreaterThan(towards('мтс').scores.positive)
  expect(towards('мтс').scores.negative).toBeGreaterThan(towards('билайн').scores.negative)
})

test.each([
  ['сбербанк', 'Вчера в Сбербанке была очередь', [2]],
  ['банк москвы', 'Это Банк Москвы', [1]],
  ['банкмосквы', 'Это Банк Москвы', [1]],
  ['альфабанк', 'был в Альфа-Банке и в #альфабанк', [2, 6]],
  ['мтс', 'МТС и мтсовцы', [0]],
  ['aaron rodgers', 'When Aaron Rodgers talks', [1]],
  ['', 'МТС', []],
])('%j is found in %j', (name, text, places) => {
  expect(placesOf(analyse(text), name)).toEqual(places)
})

test('a name that stands everywhere in a megabyte has an answer', () => {
  const analysis = analyse('сбербанк '.repeat(100_000))
  expect(findSentimentTowards(analysis, 'ru', placesOf(analysis, 'сбербанк'))).not.toBeNull()
})
