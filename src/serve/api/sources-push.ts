import { z } from '@hono/zod-openapi'
import { addressOf } from '../../listen/collect/push.ts'
import { getSource } from '../../listen/collect/source.ts'
import { webhookSecret } from '../../listen/connectors/webhook/signature.ts'
import { webhookConnector } from '../../listen/connectors/webhook/webhook.ts'
import { must } from '../../base/errors.ts'
import type { House } from '../house.ts'
import { allowed, operation, WithId, type Api } from './door.ts'
import { SourceAddress } from './shapes/source.ts'

/** Where a program of the team posts, and what it signs with, for those who may change sources. */
export function servePushAddress(api: Api, house: House): void {
  api.openapi(
    operation(
      {
        en: 'The secret address of a source that is posted to, with its secret and a line to try it',
        ru: 'Секретный адрес источника, которому присылают, его секрет и строка для пробы',
      },
      {
        method: 'get',
        path: '/api/projects/{project}/sources/{id}/address',
        tags: ['sources'],
        request: { params: WithId },
      },
      z.object({ address: SourceAddress.nullable() }),
    ),
    async (c) => {
      const { project } = allowed(c, 'source')
      const { id, platform } = await getSource(house.postgres.db, project.id, c.req.valid('param').id)
      if (platform !== webhookConnector.platform) return c.json({ address: null }, 200)
      const { url, secret } = must(addressOf({ ...house, publicUrl: house.config.publicUrl }, id))
      const signed = webhookSecret(secret)
      return c.json({ address: { url, secret: signed, curl: curlOf(url, signed) } }, 200)
    },
  )
}

/** For a shell with openssl, as most machines have it. */
function curlOf(url: string, secret: string): string {
  return [
    `body='{"id":"test-1","text":"The first item","author":"Ann"}'`,
    `id=test-$(date +%s) at=$(date +%s)`,
    `key=$(printf %s '${secret.replace('whsec_', '')}' | base64 -d | od -An -v -tx1 | tr -d ' \\n')`,
    `sign=$(printf %s "$id.$at.$body" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$key -binary | base64)`,
    `curl -i '${url}' -H "webhook-id: $id" -H "webhook-timestamp: $at" -H "webhook-signature: v1,$sign" -d "$body"`,
  ].join('\n')
}
