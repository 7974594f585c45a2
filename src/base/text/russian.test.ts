import { expect, test } from 'vitest'
import { formsOf, rootsOf } from './russian-dictionary.ts'
import { russianBeginnings, russianLemmas } from './russian.ts'

test.each([
  ['банка', 'банк банка'],
  ['банками', 'банк банка'],
  ['банком', 'банк'],
  ['банку', 'банк банка'],
  ['стали', 'сталь стать'],
  ['люди', 'человек'],
  ['шел', 'идти'],
  ['пришедшего', 'прийти'],
  ['лучше', 'хороший хорошо'],
  ['сильнее', 'сильный'],
  ['крупнейшего', 'крупный'],
  ['времени', 'время'],
  ['отцом', 'отец'],
  ['зеркал', 'зеркало'],
  ['хребтом', 'хребет'],
  ['львы', 'лев'],
  ['соберет', 'собрать'],
  ['разобьют', 'разбить'],
  ['сожгла', 'сжечь'],
  ['пьющий', 'пить'],
  ['купленной', 'купить'],
  ['найденные', 'найти'],
  ['рожденный', 'родить'],
  ['находящийся', 'находиться'],
  ['следующий', 'следующий'],
  ['тяжело', 'тяжелый'],
  ['снова', 'снова'],
  ['среди', 'среди'],
  ['практически', 'практически'],
])('%s is a form of %s', (word, lemmas) => {
  expect(russianLemmas(word).sort().join(' ')).toBe(lemmas)
})

test.each(['сбербанкинг', 'озоновский', 'хайпануть', 'тинькофф', 'приложуха', 'visa', '', '-', 'щ'.repeat(100)])(
  '%j is not guessed into another word',
  (word) => {
    expect(russianLemmas(word)).toEqual([])
  },
)

test('a word keeps its own aspect: делать and сделать are two', () => {
  expect(russianLemmas('делал')).toEqual(['делать'])
  expect(russianLemmas('сделал')).toEqual(['сделать'])
})

test.each([
  ['человек', 'люд человек'],
  ['сбербанк', 'сбербанк'],
  ['комиссия', 'комисси'],
])('forms of %s begin with %s', (lemma, beginnings) => {
  const told = russianBeginnings(lemma)
  expect(
    beginnings.split(' ').every((beginning) => told.some((one) => beginning.startsWith(one) && one.length > 2)),
  ).toBe(true)
})

test('every form that the dictionary makes begins as its dictionary form promises', () => {
  const tried =
    'пить лить сон отец угол лев время год человек писать послать разобрать сжечь прийти найти купить красивый тяжелый черный банк'
  for (const lemma of tried.split(' ')) {
    for (const { root, endings } of rootsOf(lemma)) {
      for (const form of formsOf(root, endings)) {
        for (const found of russianLemmas(form)) {
          const beginnings = russianBeginnings(found)
          expect(
            beginnings.some((beginning) => form.startsWith(beginning)),
            `${form}, ${found}: ${beginnings.join(' ')}`,
          ).toBe(true)
        }
      }
    }
  }
})
