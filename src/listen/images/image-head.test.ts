import fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageTypes, readImageHead } from './image-head.ts'
import { heads, png, webps } from './pictures.testing.ts'

test.each(imageTypes)('%s is told by its first bytes, with its size', (type) => {
  expect(readImageHead(heads[type])).toEqual({ type, width: 320, height: 240 })
})

test('WebP says its size in three ways', () => {
  for (const file of webps) expect(readImageHead(file)).toEqual({ type: 'image/webp', width: 320, height: 240 })
})

test('a whole file is read as its beginning is', () => {
  expect(readImageHead(png(7, 5))).toEqual({ type: 'image/png', width: 7, height: 5 })
})

test.each([
  ['nothing', ''],
  ['a page', '<!DOCTYPE html><html><img src=x onerror=alert(1)></html>'],
  ['a drawing that may hold scripts', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ['an icon', '\0\0\x01\0\x01\0\x10\x10'],
  ['a PDF', '%PDF-1.7'],
  ['a video', '\0\0\0\x18ftypisom\0\0\0\0isomiso2'],
  ['a picture that ends in its head', '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0'],
  ['a picture without any side', 'GIF89a\0\0\0\0\0\0\0'],
  ['a JPEG without a frame', '\xff\xd8\xff\xe0\x00\x02\xff\xd9'],
])('%s is no picture that is shown', (_what, letters) => {
  expect(readImageHead(Buffer.from(letters, 'latin1'))).toBeNull()
})

test('whatever comes, nothing breaks, and a beginning that was cut says nothing', () => {
  const file = fc.oneof(fc.constantFrom(...Object.values(heads), ...webps), fc.constant(Buffer.of()))
  fc.assert(
    fc.property(file, fc.uint8Array({ maxLength: 64 }), fc.nat(60), (head, noise, cut) => {
      const found = readImageHead(Buffer.concat([head.subarray(0, cut), noise]))
      if (found !== null) expect(found.width * found.height).toBeGreaterThan(0)
      const whole = readImageHead(head)
      if (whole !== null) expect(readImageHead(head.subarray(0, 9))).toBeNull()
    }),
  )
})
