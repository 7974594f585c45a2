import { isIP } from 'node:net'
import { WebSocket } from 'ws'
import { createAddressRule } from './addresses.ts'
import { createGuardedLookup } from './guarded-agent.ts'
import { lowerCased, userAgentOf, whatFailed, type Answer, type CreateRequestOptions } from './request.ts'

/** Opens a WebSocket to the outside world and always answers with data. The same addresses are refused as by `request`. */
export type Connect = (url: string, options: ConnectOptions) => Promise<Connected>

export type ConnectOptions = {
  signal: AbortSignal
  headers?: { [name: string]: string }
  protocols?: string[]
  /** Of one frame; a larger one ends the connection. */
  maxBytes?: number
  timeoutMs?: number
  /** Asks for a sign of life this often (RFC 6455, 5.5.2), and ends a connection that gave none twice. */
  keepAliveMs?: number
}

export type Connected =
  | {
      kind: 'open'
      /** The protocol that the server chose; empty when none. */
      protocol: string
      /** Text as text, the rest as bytes. Ends with the connection and never throws; read it once. */
      frames: AsyncIterable<string | Uint8Array>
      send(text: string): void
      /** The code that ended the connection (RFC 6455, 7.4); null while it lives. */
      endedWith(): number | null
      close(): void
    }
  /** The server answered the request and opened no socket. */
  | { kind: 'answered'; status: number; headers: { [name: string]: string }; body: Uint8Array; url: string }
  | Exclude<Answer, { kind: 'ok' }>

const mostWaiting = 4000
const mostBody = 16_384

export function createConnect(options: Pick<CreateRequestOptions, 'allowPrivate' | 'contact' | 'resolve'>): Connect {
  const allows = createAddressRule(options.allowPrivate)
  const lookup = createGuardedLookup(allows, options.resolve)
  const userAgent = userAgentOf(options.contact)

  return async (url, asked) => {
    const target = URL.canParse(url) ? new URL(url) : null
    const failed = { url, requests: 0 }
    if (target === null) return { kind: 'refused', reason: 'not-a-url', ...failed }
    if (target.protocol !== 'ws:' && target.protocol !== 'wss:') return { kind: 'refused', reason: 'scheme', ...failed }
    const host = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !allows(host)) return { kind: 'refused', reason: 'address', ...failed }
    if (asked.signal.aborted) return { kind: 'aborted', ...failed }

    const timeoutMs = asked.timeoutMs ?? 30_000
    const socket = new WebSocket(target, asked.protocols ?? [], {
      lookup,
      headers: { 'user-agent': userAgent, ...lowerCased(asked.headers ?? {}) },
      handshakeTimeout: timeoutMs,
      maxPayload: asked.maxBytes ?? 4 * 1024 * 1024,
      perMessageDeflate: false,
    })
    const stop = () => socket.terminate()
    asked.signal.addEventListener('abort', stop, { once: true })
    socket.once('close', () => asked.signal.removeEventListener('abort', stop))
    // Frames may come with the handshake, so they are waited for before it.
    const { frames, endedWith } = readFrames(socket)
    return new Promise<Connected>((resolve, reject) => {
      socket.once('open', () => {
        if (asked.keepAliveMs !== undefined) keepAlive(socket, asked.keepAliveMs)
        resolve({
          kind: 'open',
          protocol: socket.protocol,
          frames,
          send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
          endedWith,
          close: () => socket.terminate(),
        })
      })
      socket.once('unexpected-response', (request, response) => {
        const parts: Buffer[] = []
        let length = 0
        const end = () => {
          request.destroy()
          stop()
          const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value ?? '')])
          resolve({
            kind: 'answered',
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(headers) as { [name: string]: string },
            body: Buffer.concat(parts).subarray(0, mostBody),
            url,
          })
        }
        response.on('data', (part: Buffer) => {
          parts.push(part)
          length += part.length
          if (length >= mostBody) end()
        })
        response.once('end', end)
        response.once('close', end)
      })
      socket.on('error', (error) => {
        if (asked.signal.aborted) return resolve({ kind: 'aborted', url, requests: 1 })
        if (/handshake has timed out/.test(error.message))
          return resolve({ kind: 'timed-out', timeoutMs, url, requests: 1 })
        if (/^(Invalid|Unexpected|Server sent|Parse Error)/.test(error.message))
          return resolve({ kind: 'broken', reason: error.message, url, requests: 1 })
        try {
          resolve({ ...whatFailed(error, timeoutMs), url, requests: 1 })
        } catch (mistake) {
          reject(mistake as Error)
        }
      })
      socket.once('close', () => resolve({ kind: 'unreachable', reason: 'closed', url, requests: 1 }))
    })
  }
}

function keepAlive(socket: WebSocket, everyMs: number): void {
  let unanswered = 0
  for (const sign of ['pong', 'ping', 'message']) socket.on(sign, () => (unanswered = 0))
  const asking = setInterval(() => {
    // Where much waits to be read here, silence says nothing about the other side.
    if (unanswered >= 2 && !socket.isPaused) return socket.terminate()
    unanswered += 1
    socket.ping()
  }, everyMs)
  socket.once('close', () => clearInterval(asking))
}

/** Keeps what has not been read; a reader that is too slow makes the socket wait, and so the server. */
function readFrames(socket: WebSocket) {
  const waiting: (string | Uint8Array)[] = []
  let ended: number | null = null
  let wake = () => {}
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    waiting.push(isBinary ? data : data.toString('utf8'))
    if (waiting.length === mostWaiting) socket.pause()
    wake()
  })
  socket.once('close', (code) => {
    ended = code
    wake()
  })
  async function* frames() {
    try {
      for (;;) {
        const some = waiting.splice(0)
        if (socket.isPaused) socket.resume()
        yield* some
        if (waiting.length > 0) continue
        if (ended !== null) return
        await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      socket.terminate()
    }
  }
  return { frames: frames(), endedWith: () => ended }
}
