import { createRoute, z } from '@hono/zod-openapi'
import { createHash } from 'node:crypto'
import { NotFound } from '../../base/errors.ts'
import { openImages, type NoImage } from '../../listen/images/fetch-image.ts'
import { imageTypes } from '../../listen/images/image-head.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import type { House } from '../house.ts'
import { allowed, InProject, spoken, type Api } from './door.ts'
import { Refused } from './problem.ts'

const said = {
  en: 'A picture of a mention, fetched from its platform by this server',
  ru: 'Картинка упоминания; с площадки её берёт этот сервер',
}

const binary = { schema: z.string().openapi({ format: 'binary' }) }
const route = createRoute({
  method: 'get',
  path: '/api/projects/{project}/mentions/{mention}/images/{n}',
  tags: ['mentions'],
  ...spoken(said),
  request: {
    params: InProject.extend({
      mention: z.string().min(1).max(2000),
      n: z
        .string()
        .regex(/^\d{1,2}$/)
        .transform(Number)
        .openapi({ type: 'integer', minimum: 0, description: 'Its place among `images` of the mention, from 0.' }),
    }),
  },
  responses: {
    200: { description: said.en, content: Object.fromEntries(imageTypes.map((type) => [type, binary])) },
    304: { description: 'The picture has not changed' },
  },
})

/**
 * The pictures of mentions, as from here: the platform sees this server and never the person who looks, and pages need no right to
 * show what lies elsewhere. Nothing of them is kept here. A browser keeps them, and asks each time whether it still may show them.
 */
export function serveMentionImages(api: Api, house: House): void {
  const fetchImage = openImages(house.request, house.config.limits, house.now)

  api.openapi(route, async (c) => {
    const { project } = allowed(c, 'read')
    const { mention: id, n } = c.req.valid('param')
    const [mention] = await findMentions(house.clickhouse, project.id, [id])
    const shown = mention?.images?.[n]
    if (shown === undefined) throw new NotFound()
    const headers = { etag: markOf(shown.url, house.now()), 'cache-control': 'private, no-cache' }
    if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers)
    const image = await fetchImage(shown.url)
    if (image.kind !== 'image') throw refusal(image)
    return c.body(image.bytes, 200, {
      ...headers,
      'content-type': image.type,
      'content-disposition': `inline; filename="picture.${image.type.slice('image/'.length)}"`,
      'content-security-policy': `default-src 'none'; frame-ancestors 'none'; sandbox`,
    })
  })
}

const hourMs = 3_600_000

/** Of another picture another one, and after an hour as well: what a platform took away is not shown for long from a browser's memory. */
function markOf(url: string, now: Date): string {
  const mark = createHash('sha256').update(`${url} ${Math.floor(now.getTime() / hourMs)}`)
  return `"${mark.digest('base64url').slice(0, 20)}"`
}

function refusal({ kind }: NoImage): Refused {
  switch (kind) {
    case 'gone':
      return new Refused(410, 'image-gone')
    case 'too-slow':
      return new Refused(504, 'image-too-slow')
    case 'busy':
      return new Refused(503, 'image-busy', { headers: { 'retry-after': '10' } })
    default:
      return new Refused(502, `image-${kind}`)
  }
}
