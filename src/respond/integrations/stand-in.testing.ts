import { createServer, type IncomingMessage } from 'node:http'

export type Asked = {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  json: unknown
}
export type Answer = { status?: number; json?: unknown; headers?: { [name: string]: string } }

/**
 * What goes wrong with the next request: the connection breaks before or after a write is done, a write is answered by a page
 * of a proxy or refused, any request is asked to go slower, or the account has been shut out.
 */
export type Trouble = 'break-off' | 'break-off-after' | 'page' | 'refuse' | 'slow-down' | 'revoked'

/** How a system answers after its documentation, and how it says what goes wrong. */
export type Play = {
  answer(asked: Asked): Answer
  isWrite(asked: Asked): boolean
  slowDown: Answer
  revoked: Answer
  refuse: Answer
}

export type StandIn = AsyncDisposable & {
  base: string
  trouble: Trouble[]
  /** What was answered with a mistake of ours in it: requests that the documentation does not allow. */
  mistakes: string[]
}

/** A small server that stands for a system. */
export async function standIn(play: Play): Promise<StandIn> {
  const trouble: Trouble[] = []
  const mistakes: string[] = []
  const server = createServer((incoming, outgoing) => {
    const run = async () => {
      const url = new URL(incoming.url ?? '/', 'http://stand.in')
      let text = ''
      for await (const chunk of incoming) text += String(chunk)
      if (text !== '' && incoming.headers['content-type'] !== 'application/json')
        mistakes.push('a body that is not JSON')
      const asked: Asked = {
        method: incoming.method ?? 'GET',
        path: decodeURIComponent(url.pathname),
        query: url.searchParams,
        headers: incoming.headers,
        json: text === '' ? null : (JSON.parse(text) as unknown),
      }
      const send = ({ status = 200, json, headers = {} }: Answer) =>
        outgoing
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(json === undefined ? '' : JSON.stringify(json))
      const [next] = trouble
      const forAny = next === 'slow-down' || next === 'revoked'
      const isWrite = play.isWrite(asked)
      const mode = next !== undefined && (forAny || isWrite) ? trouble.shift() : undefined
      if (mode === 'break-off') return void incoming.socket.destroy()
      if (mode === 'page')
        return void outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>')
      if (mode === 'slow-down') return void send(play.slowDown)
      if (mode === 'revoked') return void send(play.revoked)
      if (mode === 'refuse') return void send(play.refuse)
      const answer = play.answer(asked)
      if (mode === 'break-off-after') return void incoming.socket.destroy()
      send(answer)
    }
    run().catch((error: unknown) => {
      mistakes.push(`${incoming.method} ${incoming.url}: ${String(error)}`)
      outgoing.writeHead(500).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    base: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    trouble,
    mistakes,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}
