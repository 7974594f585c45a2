import { describe, expect, test } from 'vitest'
import { analyse } from '../../base/text/analyse.ts'
import { findComplaint } from './complaint.ts'
import { findEmotions } from './emotions.ts'
import { findToxicity } from './toxicity.ts'

const emotionsOf = (text: string, lang: string | null) => findEmotions(analyse(text, { lang }), lang)
const complaintIn = (text: string, lang: string | null = 'en') => findComplaint(analyse(text, { lang }), lang)
const toxicityOf = (text: string, lang: string | null = 'en') => findToxicity(analyse(text, { lang }), lang)

describe('emotions', () => {
  test.each([
    ['Я так счастлива, какой чудесный день!', 'ru', 'joy'],
    ['Так грустно и одиноко', 'ru', 'sadness'],
    ['Бесит этот банк, ненавижу', 'ru', 'anger'],
    ['Мені страшно виходити з дому', 'uk', 'fear'],
    ['Я така щаслива, дякую!', 'uk', 'joy'],
    ['I was terrified, my hands were shaking with fear', 'en', 'fear'],
    ['Estoy muy triste, no puedo parar de llorar', 'es', 'sadness'],
    ['Vai se foder, que ódio desse governo', 'pt', 'anger'],
  ])('“%s” (%s) speaks of %s', (text, lang, emotion) => {
    expect(emotionsOf(text, lang)?.labels).toContain(emotion)
  })

  test('what is sure has at least an even chance, and nobody was asked about disgust in English', () => {
    const found = emotionsOf('I was terrified, my hands were shaking with fear', 'en-GB')!
    expect(found.sure).toContain('fear')
    expect(found.scores.fear).toBeGreaterThan(0.5)
    expect(Object.keys(found.scores)).toEqual(['anger', 'fear', 'joy', 'sadness', 'surprise'])
  })

  test.each([
    ['Я өте бақыттымын', 'kk'],
    ['Che bella giornata', 'it'],
    ['what a day', null],
    ['', 'ru'],
    ['https://example.org/a @anna', 'ru'],
  ])('“%s” (%s) is not known', (text, lang) => {
    expect(emotionsOf(text, lang)).toBeNull()
  })
})

describe('complaint', () => {
  test.each([
    ['@CardHelp my card has been blocked for three days and nobody answers your phone, this is a joke', true],
    ['Still waiting for the refund you promised two weeks ago. Terrible service!', true],
    ['Happy birthday to my lovely sister, have a great day', false],
    ['Watching the game with friends tonight', false],
  ])('“%s”: %s', (text, label) => {
    expect(complaintIn(text)).toMatchObject({ label })
    expect(complaintIn(text)!.confidence).toBeGreaterThan(0.6)
  })

  test('is known of English only, and of nothing without words', () => {
    expect(complaintIn('Третий день не могу дозвониться до банка', 'ru')).toBeNull()
    expect(complaintIn('my card does not work', null)).toBeNull()
    expect(complaintIn('https://example.org', 'en')).toBeNull()
  })
})

describe('toxicity', () => {
  test.each([
    ['You are a stupid idiot, shut the fuck up', true],
    ['What a lovely song, thank you for sharing it', false],
  ])('“%s”: %s', (text, label) => {
    expect(toxicityOf(text)).toMatchObject({ label })
  })

  test('is known of English only', () => {
    expect(toxicityOf('Ты идиот', 'ru')).toBeNull()
    expect(toxicityOf('@anna', 'en')).toBeNull()
  })
})
