import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Limits } from '../../config.ts'
import type { Env } from './door.ts'
import { Refused } from './problem.ts'

const deepest = 32
/** Where a file comes in as it is: its size is limited on its own, and its room counts the bytes while storing them. */
const upload = /^\/api\/projects\/[^/]+\/imports$/

/** Refuses what is too large to read, too deep to walk, or not storable, before anything looks at it. */
export function limitRequest(limits: Limits): MiddlewareHandler<Env> {
  const limitBody = bodyLimit({
    maxSize: limits.requestBytes,
    onError: () => {
      throw new Refused(413, 'body-too-large')
    },
  })
  return async (c, next) => {
    // Neither engine stores a zero character, and PostgreSQL calls it an error of ours.
    if (/%00/.test(c.req.url)) throw new Refused(400, 'zero-character')
    if (c.req.method === 'POST' && upload.test(c.req.path)) {
      if (Number(c.req.header('content-length') ?? 0) > limits.uploadBytes) throw new Refused(413, 'body-too-large')
      return next()
    }
    return limitBody(c, async () => {
      if (isJson(c.req.header('content-type'))) inspectJson(await c.req.text())
      await next()
    })
  }
}

/** Looks at the text only: parsing something deep is what must not happen. */
export function inspectJson(text: string): void {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (quoted) {
      if (char === backslash) {
        if (text.startsWith('u0000', at + 1)) throw new Refused(400, 'zero-character')
        at += 1
      } else if (char === quote) quoted = false
    } else if (char === quote) quoted = true
    else if (char === brace || char === bracket) {
      depth += 1
      if (depth > deepest) throw new Refused(400, 'body-too-deep', { values: { maximum: deepest } })
    } else if (char === endBrace || char === endBracket) depth -= 1
  }
}

const [quote, backslash, brace, endBrace, bracket, endBracket] = [...'"\\{}[]'].map((char) => char.charCodeAt(0))

function isJson(type: string | undefined): boolean {
  return type !== undefined && /^application\/([\w.-]+\+)?json\b/i.test(type)
}
