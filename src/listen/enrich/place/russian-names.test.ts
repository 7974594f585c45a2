import { expect, test } from 'vitest'
import { nowhere, readInProject } from '../../query/in-project.ts'
import { printQuery } from '../../query/print.ts'
import { keptNames, russianNamesIn } from './russian-names.ts'

test('cities and regions have Russian names by country, where they are sure', () => {
  expect(russianNamesIn('RU').cities.get('Kazan')).toBe('Казань')
  expect(russianNamesIn('UA').cities.get('Brovary')).toBe('Бровары')
  expect(russianNamesIn('UA').regions.get('Cherkasy Oblast')).toBe('Черкасская область')
  expect(russianNamesIn('KZ').cities.get('Shymkent')).toBe('Шымкент')
  expect(russianNamesIn('DE').cities.get('Hückelhoven')).toBeUndefined()
  expect(russianNamesIn('XX').cities.size).toBe(0)
})

test('no name has a letter that Russian lacks', () => {
  const { cities, regions } = russianNamesIn('UA')
  for (const name of [...cities.values(), ...regions.values()]) expect(name).toMatch(/^[А-Яа-яЁё -]+$/)
})

test('a place is found by its Russian name, however it is written', () => {
  expect(keptNames('city', 'казань')).toEqual(['Kazan'])
  expect(keptNames('city', 'Могилев')).toEqual(['Mahilyow'])
  expect(keptNames('city', 'Kazan')).toEqual([])
  expect(keptNames('region', 'Татарстан')).toEqual(['Tatarstan'])
})

test('a query that names a city in Russian asks for what mentions keep, and for what a platform wrote', () => {
  const asked = (text: string) => printQuery(readInProject(text, nowhere).query)
  expect(asked('city:Казань')).toBe('city:(Казань OR Kazan)')
  expect(asked('NOT город:"Нижний Новгород"')).toContain('Nizhniy Novgorod')
  expect(asked('city:Kazan')).toBe('city:Kazan')
  expect(asked('handle:Казань')).toBe('handle:Казань')
})
