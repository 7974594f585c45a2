import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Api } from './door.ts'
import { Problem } from './problem.ts'

export const version = readVersion()

/** The OpenAPI document of everything above, made from the same schemas that check the requests. */
export function describeApi(api: Api, publicUrl: string) {
  const registry = api.openAPIRegistry
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'heed.session_token',
    description: 'A person, after signing in.',
  })
  registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'A program: the secret of an API key, `heed_…`.',
  })
  registry.register('Problem', Problem)
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Heed',
      version,
      description: 'Hears what people say about a brand, understands it, gets it answered, and proves the result.',
    },
    servers: [{ url: publicUrl }],
    security: [{ session: [] }, { key: [] }],
  })
  const problem = {
    description: 'Why not',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
  for (const path of Object.values(document.paths ?? {})) {
    for (const method of ['get', 'put', 'post', 'patch', 'delete'] as const) {
      const operation = path[method]
      if (operation) operation.responses = { ...operation.responses, default: problem }
    }
  }
  return document
}

export type ApiDocument = ReturnType<typeof describeApi>

function readVersion(): string {
  const text = readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
