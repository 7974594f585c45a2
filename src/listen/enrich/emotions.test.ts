import { describe, expect, test } from 'vitest'
import { analyse } from '../../base/text/analyse.ts'
import { findEmotions } from './emotions.ts'

const emotionsOf = (text: string, lang: string | null) => findEmotions(analyse(text, { lang }), lang)

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
