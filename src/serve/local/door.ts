import { Hono } from 'hono'
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Readable } from 'node:stream'
import { UserError } from '../../base/errors.ts'
import { findProgress } from '../../base/progress/progress.ts'
import { listen } from '../api/server.ts'
import { backUp } from '../backup/backup.ts'
import { formats } from '../export/export.ts'
import type { House } from '../house.ts'
import { inspectHouse } from './inspect.ts'
import { announceDoor } from './token.ts'
import { exportProject, findProject, importFile } from './operations.ts'

/**
 * A running server owns its data directory, so `heed import`, `export` and `backup` ask it to do their work. It listens
 * on this machine only, and the token lies in the data directory, readable by its owner.
 */
export async function openLocalDoor(house: House): Promise<AsyncDisposable> {
  const token = randomBytes(32).toString('base64url')
  const listening = await listen(routes(house, token), { host: '127.0.0.1', port: 0 })
  const announced = announceDoor(house.config.dataDir, { port: listening.port, token })
  return {
    [Symbol.asyncDispose]: async () => {
      announced[Symbol.dispose]()
      await listening.close()
    },
  }
}

function routes(house: House, token: string): Hono {
  const door = new Hono()
  const expected = Buffer.from(`Bearer ${token}`)
  door.use(async (c, next) => {
    const given = Buffer.from(c.req.header('authorization') ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return c.text('', 404)
    await next()
  })
  door.onError((error, c) => {
    if (error instanceof UserError) return c.json({ key: error.key, values: error.values, message: error.message }, 422)
    house.log.error({ path: c.req.path, error: error.stack }, 'a local command failed')
    return c.json({ key: 'our-mistake', values: {}, message: error.message }, 500)
  })
  door.post('/import', async (c) => {
    const { project, file = '', keep, locale } = c.req.query()
    const bytes = c.req.raw.body ?? new Blob([]).stream()
    const found = await findProject(house.postgres.db, project ?? '')
    const progress = await importFile(house, found, {
      file,
      bytes,
      keepAll: keep === 'all',
      locale: locale === 'ru' ? 'ru' : 'en',
    })
    return c.json(progress)
  })
  door.get('/progress/:project/:id', async (c) =>
    c.json(await findProgress(house.postgres.db, Number(c.req.param('project')), c.req.param('id'))),
  )
  door.get('/export', async (c) => {
    const { project, q = '', format } = c.req.query()
    const known = formats.find((one) => one === format) ?? 'jsonl'
    const file = await exportProject(house, await findProject(house.postgres.db, project ?? ''), { q, format: known })
    return c.body(Readable.toWeb(Readable.from(file.bytes, { objectMode: false })) as ReadableStream, 200)
  })
  door.get('/inspection', async (c) => c.json(await inspectHouse(house)))
  door.post('/backup', async (c) => {
    const { to } = await c.req.json<{ to: string }>()
    return c.json(await backUp(house, to))
  })
  return door
}
