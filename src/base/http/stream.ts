import { request as send } from 'undici'
import { createAddressRule } from './addresses.ts'
import { createGuardedAgent } from './guarded-agent.ts'
import { flat, lowerCased, userAgentOf, whatFailed, type Answer, type CreateRequestOptions } from './request.ts'

/**
 * Asks for an answer that goes on and on, such as server-sent events, and always answers with data. The same
 * addresses are refused as by `request`; redirects are answers like any other, and nothing is unpacked.
 */
export type Stream = (url: string, options: StreamOptions) => Promise<Streamed>

export type StreamOptions = {
  signal: AbortSignal
  method?: 'GET' | 'POST'
  headers?: { [name: string]: string }
  body?: string
  /** Until the answer begins, and the longest silence within it. */
  quietMs?: number
}

export type Streamed =
  | {
      kind: 'open'
      status: number
      headers: { [name: string]: string }
      /** Ends with the connection, also a broken one, and never throws; read it once. */
      chunks: AsyncIterable<Uint8Array>
      close(): void
    }
  | Exclude<Answer, { kind: 'ok' }>

export function createStream(
  options: Pick<CreateRequestOptions, 'allowPrivate' | 'contact' | 'resolve'>,
): Stream & { close(): Promise<void> } {
  const agent = createGuardedAgent({
    allows: createAddressRule(options.allowPrivate),
    connectTimeoutMs: 10_000,
    ...(options.resolve && { resolve: options.resolve }),
  })
  const userAgent = userAgentOf(options.contact)

  const stream: Stream = async (url, asked) => {
    const target = URL.canParse(url) ? new URL(url) : null
    if (target === null) return { kind: 'refused', reason: 'not-a-url', url, requests: 0 }
    if (target.protocol !== 'http:' && target.protocol !== 'https:')
      return { kind: 'refused', reason: 'scheme', url, requests: 0 }
    const quietMs = asked.quietMs ?? 60_000
    try {
      const answer = await send(target, {
        method: asked.method ?? 'GET',
        headers: { 'user-agent': userAgent, ...lowerCased(asked.headers ?? {}) },
        body: asked.body ?? null,
        signal: asked.signal,
        dispatcher: agent,
        headersTimeout: quietMs,
        bodyTimeout: quietMs,
      })
      return {
        kind: 'open',
        status: answer.statusCode,
        headers: flat(answer.headers),
        chunks: quietly(answer.body),
        // Nobody may be reading, and then nobody else would hear of the broken connection.
        close: () => void answer.body.on('error', () => {}).destroy(),
      }
    } catch (error) {
      if (asked.signal.aborted) return { kind: 'aborted', url, requests: 1 }
      return { ...whatFailed(error, quietMs), url, requests: 1 }
    }
  }
  return Object.assign(stream, { close: () => agent.destroy() })
}

async function* quietly(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch {
    // How a connection ended does not matter to whoever opens the next one.
  }
}
