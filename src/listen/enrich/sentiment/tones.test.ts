import { expect, test } from 'vitest'
import { analyse } from '../../../base/text/analyse.ts'
import { placesOf } from './places-of.ts'
import { readTones } from './tones.ts'

function tonesOf(text: string, lang: string, name = ''): readonly number[] {
  const analysis = analyse(text, { lang })
  return [...readTones(analysis, placesOf(analysis, name))]
}

const nothing = tonesOf('В четверг откроется отделение на площади', 'ru')

test('a listed word says the same as any other of its list, in every form and language', () => {
  const praise = tonesOf('банк отличный', 'ru')
  expect(praise).not.toEqual(nothing)
  for (const [text, lang] of [
    ['банк замечательный', 'ru'],
    ['отличного банка', 'ru'],
    ['a wonderful bank', 'en'],
    ['un servizio ottimo', 'it'],
  ] as const)
    expect(tonesOf(text, lang), text).toEqual(praise)
  expect(tonesOf('банк ужасный', 'ru')).not.toEqual(praise)
})

test('“not” turns the next words round, and no others', () => {
  const praise = tonesOf('банк отличный', 'ru')
  expect(tonesOf('банк не отличный', 'ru')).not.toEqual(praise)
  expect(tonesOf('банк не самый отличный', 'ru')).toEqual(tonesOf('банк не отличный', 'ru'))
  expect(tonesOf('не в субботу и не днём, а утром банк отличный', 'ru')).toEqual(praise)
  expect(tonesOf('отличный банк, не правда ли', 'ru')).toEqual(praise)
})

test('a word near the name says more than one far from it', () => {
  const far = 'МТС сам начал разговор, а мы в ту пору сидели дома и смотрели отличный фильм'
  expect(tonesOf(far, 'ru', 'МТС')).toEqual(tonesOf(far, 'ru'))
  expect(tonesOf('МТС отличный', 'ru', 'МТС')).not.toEqual(tonesOf('МТС отличный', 'ru'))
})

test('news of harm and gain, and what customers need, have words of their own', () => {
  const gain = tonesOf('банк внедрил вход по лицу', 'ru')
  const harm = tonesOf('суд с банком', 'ru')
  for (const said of [gain, harm]) expect(said).toEqual(expect.arrayContaining([...nothing]))
  expect(gain).not.toEqual(harm)
  const missed = tonesOf('третий час не дозвониться', 'ru')
  expect(missed).not.toEqual(tonesOf('третий час дозвониться', 'ru'))
  expect(tonesOf('третий час не загружается', 'ru')).toEqual(missed)
})

test('the words of one language say nothing in another', () => {
  // "Mal" is bad in French, and in German a time; "fatal" is no listed word of either.
  expect(tonesOf('c’est mal', 'fr')).not.toEqual(nothing)
  expect(tonesOf('noch mal', 'de')).toEqual(nothing)
})

test.each(
  Object.entries({
    nothing: '',
    'a name': '@someone',
    'one emoji': '😡',
    'a thousand nots': 'не '.repeat(1_000),
    'half a megabyte of blame': 'ужас '.repeat(100_000),
  }),
)('%s has few tones', (_, text) => {
  expect(tonesOf(text, 'ru').length).toBeLessThan(20)
})
