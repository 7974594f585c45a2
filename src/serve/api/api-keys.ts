import { z } from '@hono/zod-openapi'
import { listApiKeys, makeApiKey, removeApiKey, type ApiKey } from '../../base/team/api-key.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/project.ts'

const tags = ['team']

/** Keys for programs. The secret is told once, when the key is made. */
export function serveApiKeys(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'API keys of the project', ru: 'Ключи API проекта' },
      { method: 'get', path: '/api/projects/{project}/api-keys', tags, request: { params: InProject } },
      items(shapes.ApiKey),
    ),
    async (c) => {
      const { project } = allowed(c, 'key')
      return c.json({ items: (await listApiKeys(db, project.id)).map(showKey) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Make an API key; its secret is shown once', ru: 'Создать ключ API; секрет виден один раз' },
      {
        method: 'post',
        path: '/api/projects/{project}/api-keys',
        tags,
        request: { params: InProject, body: body(shapes.ApiKeyInput) },
      },
      z.object({ key: shapes.ApiKey, secret: z.string() }),
    ),
    async (c) => {
      const input = c.req.valid('json')
      const scope = allowed(c, 'key')
      const { key, secret } = await makeApiKey(db, scope, input)
      return c.json({ key: showKey(key), secret }, 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Revoke an API key', ru: 'Отозвать ключ API' },
      { method: 'delete', path: '/api/projects/{project}/api-keys/{id}', tags, request: { params: WithId } },
    ),
    async (c) => {
      const scope = allowed(c, 'key')
      await removeApiKey(db, scope, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )
}

function showKey({ createdAt, lastUsedAt, ...key }: ApiKey): shapes.ApiKey {
  return { ...key, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null }
}
