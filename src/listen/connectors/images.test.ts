import fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageLimits } from '../posts/post.ts'
import { imagesOf } from './images.ts'

test('pictures are kept in their order, each once, with what they show', () => {
  const shown = [
    { url: '/a.jpg', alt: '  чек\n из\u0007 магазина ' },
    { url: 'https://cdn.example/b.jpg?sign=1', alt: '' },
    { url: '//cdn.example/c.jpg' },
    { url: 'https://site.example/a.jpg', alt: 'again' },
    { url: 'https://cdn.example/c.jpg', alt: 'очередь' },
  ]
  expect(imagesOf(shown, 'https://site.example/post/1')).toEqual([
    { url: 'https://site.example/a.jpg', alt: 'чек из магазина' },
    { url: 'https://cdn.example/b.jpg?sign=1', alt: null },
    { url: 'https://cdn.example/c.jpg', alt: 'очередь' },
  ])
})

test.each([
  null,
  '',
  '/a.jpg',
  'javascript:alert(1)',
  'data:image/png;base64,AAAA',
  'blob:https://site.example/1',
  'file:///etc/passwd',
  'http://',
  'https://me:secret@site.example/a.jpg',
  'https://graph.example/photo?access_token=EAAB',
  'https://api.example/photo?api_key=1&size=2',
  `https://site.example/${'a'.repeat(imageLimits.urlLength)}.jpg`,
])('%j is no picture to keep', (url) => {
  expect(imagesOf([{ url }])).toEqual([])
})

test('a post keeps the first pictures, and no endless words about them', () => {
  const images = imagesOf(
    Array.from({ length: 20 }, (_, n) => ({ url: `https://a.example/${n}`, alt: 'я'.repeat(5000) })),
  )
  expect(images).toHaveLength(imageLimits.most)
  expect(images[0]).toEqual({ url: 'https://a.example/0', alt: 'я'.repeat(imageLimits.altLength) })
})

test('whatever is shown, what is kept is an address of the web within its limits', () => {
  const shown = fc.record({ url: fc.oneof(fc.webUrl(), fc.string()), alt: fc.string({ unit: 'binary' }) })
  fc.assert(
    fc.property(fc.array(shown), fc.option(fc.webUrl()), (some, base) => {
      for (const { url, alt } of imagesOf(some, base)) {
        expect(url).toMatch(/^https?:\/\//)
        expect(alt?.isWellFormed() ?? true).toBe(true)
      }
    }),
  )
})
