import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createRequest } from '../../base/http/request.ts'
import { openImages } from './fetch-image.ts'
import { png } from './pictures.testing.ts'

test('what many look at at once is asked for once, and anew when it was shown', async () => {
  await using opened = new AsyncDisposableStack()
  const held: (() => void)[] = []
  const platform = createServer((_request, response) => void held.push(() => response.end(png(4, 4))))
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve))
  opened.defer(() => void platform.close())
  const request = createRequest({ allowPrivate: true })
  opened.defer(() => request.close())
  const fetchImage = openImages(request, { imageBytes: 10_000, imageSeconds: 60 }, () => new Date())
  const url = `http://127.0.0.1:${(platform.address() as AddressInfo).port}/a.png`

  const looks = Promise.all(Array.from({ length: 12 }, () => fetchImage(url)))
  await expect.poll(() => held.length, { timeout: 20_000 }).toBe(1)
  held[0]?.()
  for (const look of await looks) expect(look).toMatchObject({ kind: 'image', type: 'image/png' })
  expect(held).toHaveLength(1)

  const later = fetchImage(url)
  await expect.poll(() => held.length, { timeout: 20_000 }).toBe(2)
  held[1]?.()
  expect(await later).toMatchObject({ kind: 'image' })
})
