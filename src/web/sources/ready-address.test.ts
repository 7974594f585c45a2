import { expect, test } from 'vitest'
import { filledIn, presetAddress } from './ready-address.ts'

test('gaps of a query and of a path are filled, and what is empty is left out', () => {
  const query = 'https://b.example/?action=display&bridge=Vk&format=Atom&u={u}&hide={hide}'
  expect(filledIn(query, { u: ' acme bank&x=1 ', hide: '' })).toBe(
    'https://b.example/?action=display&bridge=Vk&format=Atom&u=acme%20bank%26x%3D1',
  )
  expect(filledIn(query, { hide: 'on', u: '$&' })).toBe(
    'https://b.example/?action=display&bridge=Vk&format=Atom&u=%24%26&hide=on',
  )
  const path = 'https://hub.example/telegram/channel/{name}/{params}?format=atom'
  expect(filledIn(path, { name: 'durov' })).toBe('https://hub.example/telegram/channel/durov?format=atom')
  expect(filledIn(path, { name: 'a/b', params: 'x=1' })).toBe(
    'https://hub.example/telegram/channel/a%2Fb/x%3D1?format=atom',
  )
})

test('a preset is the address that a person would have pasted', () => {
  const edition = 'ru-RU'
  expect(presetAddress('google-news', { words: '"Банк Филин"', edition })).toBe(
    'https://news.google.com/search?q=%22%D0%91%D0%B0%D0%BD%D0%BA+%D0%A4%D0%B8%D0%BB%D0%B8%D0%BD%22&hl=ru&gl=RU&ceid=RU%3Aru',
  )
  expect(presetAddress('google-news', { words: 'acme', edition: 'en-GB' })).toContain('hl=en-GB&gl=GB&ceid=GB%3Aen')
  expect(presetAddress('reddit-search', { words: 'acme bank', edition })).toBe(
    'https://www.reddit.com/search/?q=acme+bank',
  )
  for (const words of ['banking', 'r/banking', 'https://www.reddit.com/r/banking/'])
    expect(presetAddress('reddit-community', { words, edition }), words).toBe('https://www.reddit.com/r/banking/')
  for (const words of ['', '  ', 'r/банк'])
    expect(presetAddress('reddit-community', { words, edition }), words).toBeNull()
})
