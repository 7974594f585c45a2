import { expect, test } from 'vitest'
import { catalogue, findConnector } from './catalogue.ts'

test('every connector is found by its platform and told in both languages', () => {
  for (const { connector, words } of catalogue) {
    expect(findConnector(connector.platform)).toBe(connector)
    for (const language of ['en', 'ru'] as const)
      expect(Object.values(words[language]).every((text) => text.length > 1)).toBe(true)
    const polls = connector.capabilities.collects.includes('poll')
    // Who is pushed to may be asked how it is as well.
    if (polls) expect(connector.fetch).toBeDefined()
  }
  expect(new Set(catalogue.map((one) => one.connector.platform)).size).toBe(catalogue.length)
  expect(findConnector('none')).toBeNull()
})
