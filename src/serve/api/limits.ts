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
        at += escapeLength(text, at)
      } else if (char === quote) quoted = false
    } else if (char === quote) quoted = true
    else if (char === brace || char === bracket) {
      depth += 1
      if (depth > deepest) throw new Refused(400, 'body-too-deep', { values: { maximum: deepest } })
    } else if (char === endBrace || char === endBracket) depth -= 1
  }
}

/** How far an escape reaches after its backslash. Half a character, or a zero one, is stored by neither engine. */
function escapeLength(text: string, at: number): number {
  if (text[at + 1] !== 'u') return 1
  const code = codeAt(text, at)
  if (code === 0) throw new Refused(400, 'zero-character')
  if (code < 0xd800 || code > 0xdfff) return 5
  const next = text.startsWith('\\u', at + 6) ? codeAt(text, at + 6) : 0
  if (code > 0xdbff || next < 0xdc00 || next > 0xdfff) throw new Refused(400, 'half-character')
  return 11
}

function codeAt(text: string, at: number): number {
  return Number.parseInt(text.slice(at + 2, at + 6), 16)
}

const [quote, backslash, brace, endBrace, bracket, endBracket] = [...'"\\{}[]'].map((char) => char.charCodeAt(0))

function isJson(type: string | undefined): boolean {
  return type !== undefined && /^application\/([\w.-]+\+)?json\b/i.test(type)
}
