import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

const here = import.meta.dirname
const folders = readdirSync(here).filter((name) => existsSync(join(here, name, 'entry.ts')))
/** They are not asked over HTTP, so what all others promise is tried of them in words of their own. */
const otherwise = ['email', 'webhook']

test.each(folders)('%s keeps the contract of all connectors', (folder) => {
  const tests = readdirSync(join(here, folder)).filter((name) => name.endsWith('.test.ts'))
  const written = tests.map((name) => readFileSync(join(here, folder, name), 'utf8')).join('\n')
  expect(written).toMatch(otherwise.includes(folder) ? /expectSound|fc\.assert/ : /^connectorContract\(/m)
})

test.each([...folders, 'files'])('%s has a page that says what it brings, needs, costs, may and has met', (folder) => {
  const page = readFileSync(join(here, '../../../docs/sources', `${folder}.md`), 'utf8')
  for (const said of [
    /collects/i,
    /needs/i,
    /costs/i,
    /limits/i,
    /terms/i,
    /not yet\s+run against|run\s+against|tested\s+against/i,
  ])
    expect(page).toMatch(said)
})
