import { expect, test } from 'vitest'
import { explainQuery } from './explain.ts'
import { fields } from './fields.ts'
import { parseQuery } from './parse.ts'
import { nameOfValue } from './value-names.ts'

test.each([
  ['sentiment:negative', 'тональность = негативная', 'sentiment = negative'],
  ['тональность:Negative', 'тональность = негативная', 'sentiment = negative'],
  ['important:yes', 'помечено важным = да', 'marked as important = yes'],
  ['status:open', 'статус обращения = открыт', 'status of its ticket = open'],
  ['city:Казань', 'город = Казань', 'city = Казань'],
])('%s is told in words', (text, ru, en) => {
  const { query } = parseQuery(text)
  expect(explainQuery(query, 'ru')).toBe(ru)
  expect(explainQuery(query, 'en')).toBe(en)
})

test('each of a short list of values has a Russian name', () => {
  const named = fields.flatMap(({ name, values }) =>
    (values ?? []).map((value) => `${name} ${nameOfValue(name, value, 'ru')}`),
  )
  expect(named.length).toBeGreaterThan(20)
  for (const one of named) expect(one).toMatch(/ [а-яё]/i)
})
