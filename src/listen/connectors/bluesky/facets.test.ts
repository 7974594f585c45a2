import { expect, test } from 'vitest'
import { findFacets } from './facets.ts'
import { momentOfKey, recordKey } from './tid.ts'

const find = async (text: string) => {
  const facets = await findFacets(text, async (handle) => (handle === 'anna.test' ? 'did:plc:anna' : null))
  return facets.map(({ index, features: [feature] }) => {
    const written = Buffer.from(text).subarray(index.byteStart, index.byteEnd).toString()
    return [written, 'uri' in feature ? feature.uri : 'tag' in feature ? feature.tag : feature.did]
  })
}

test('links, tags and names are found where they stand, counted in bytes', async () => {
  expect(await find('Привет, @anna.test! 🦉 #банк и https://bank.example/помощь?a=1.')).toEqual([
    ['@anna.test', 'did:plc:anna'],
    ['#банк', 'банк'],
    ['https://bank.example/помощь?a=1', 'https://bank.example/помощь?a=1'],
  ])
})

test('what only looks like one is text', async () => {
  expect(
    await find('mail@anna.test #5 # a#b @nobody.test https:// x@ (см. https://a.example/b) «https://b.example»'),
  ).toEqual([
    ['https://a.example/b', 'https://a.example/b'],
    ['https://b.example', 'https://b.example'],
  ])
  expect(await find('https://a.example/b_(c)')).toEqual([['https://a.example/b_(c)', 'https://a.example/b_(c)']])
})

test('a reply has one record key for ever, and another reply another', () => {
  const at = new Date('2026-11-22T12:00:00.123Z')
  const key = recordKey('reply-1', at)
  expect(key).toMatch(/^[234567a-j][234567a-z]{12}$/)
  expect(recordKey('reply-1', at)).toBe(key)
  expect(momentOfKey(key)).toEqual(at)
  expect(new Set(Array.from({ length: 500 }, (_, n) => recordKey(`reply-${n}`, at))).size).toBe(500)
  expect(recordKey('reply-1', new Date('2026-11-22T12:00:00.124Z')) > key).toBe(true)
  expect(momentOfKey('self')).toBeNull()
})
