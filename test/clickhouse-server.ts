import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Session, version } from 'chdb'

/**
 * For tests: ClickHouse's HTTP protocol in front of the embedded engine, in a process of its own, so that everything
 * can be run against a server address where no server is installed. Prints its address on one line and ends when
 * its standard input ends. It keeps to a server's limits and defaults, because they are what a test should meet.
 */
const dir = mkdtempSync(join(tmpdir(), 'heed-clickhouse-'))
const keeper = new Session(dir)

// As ClickHouse ships: the whole address, and one value of a query or a form.
const longestUri = 1_048_576
const longestValue = 131_072

const server = createServer({ maxHeaderSize: 4 * longestUri }, (request, response) => {
  const id = randomUUID()
  answer(request, id)
    .catch((error: unknown) => refusal(error))
    .then((reply) => write(response, reply, id))
    .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
})

type Reply = { status: number; headers: { [name: string]: string }; body: Uint8Array; gzip: boolean }

async function answer(request: IncomingMessage, id: string): Promise<Reply> {
  const url = request.url ?? '/'
  if (url.length > longestUri) return { status: 414, headers: {}, body: new Uint8Array(), gzip: false }
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  if (pathname === '/ping' || (request.method === 'GET' && pathname === '/' && !searchParams.has('query'))) {
    return { status: 200, headers: {}, body: Buffer.from('Ok.\n'), gzip: false }
  }
  const sent = await buffer(request)
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
  const call = await readCall(searchParams, body, request.headers['content-type'] ?? '')
  const result = await run(call)
  return {
    status: 200,
    headers: {
      'X-ClickHouse-Query-Id': searchParams.get('query_id') ?? id,
      'X-ClickHouse-Format': call.format,
      'X-ClickHouse-Timezone': 'UTC',
      'X-ClickHouse-Summary': JSON.stringify({
        read_rows: String(result.rowsRead),
        read_bytes: String(result.bytesRead),
        written_rows: '0',
        written_bytes: '0',
        total_rows_to_read: '0',
        result_rows: '0',
        result_bytes: String(result.bytes().length),
        elapsed_ns: String(Math.round(result.elapsed * 1e9)),
      }),
    },
    body: result.bytes(),
    gzip:
      searchParams.get('enable_http_compression') === '1' &&
      /\bgzip\b/.test(String(request.headers['accept-encoding'])),
  }
}

/** `settings` are statements; the engine reads a value of a query, `param_…`, as one of them. */
type Call = { query: string; data: Buffer; database: string; settings: string; format: string }

/** The query stands in the address with its data in the body, or in the body, or with its values in a form. */
async function readCall(search: URLSearchParams, body: Buffer, type: string): Promise<Call> {
  const fields = [...search]
  let data = body
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    for (const [name, value] of form) if (typeof value === 'string') fields.push([name, value])
    data = Buffer.alloc(0)
  }
  const call: Call = { query: '', data, database: 'default', settings: '', format: 'TabSeparated' }
  for (const [name, value] of fields) {
    if (name !== 'query' && Buffer.byteLength(value) > longestValue)
      throw new Error(`Code: 1000. DB::Exception: Field value too long: ${name}. (POCO_EXCEPTION)`)
    if (name === 'query') call.query = value
    else if (name === 'database') call.database = value
    else if (name === 'default_format') call.format = value
    else if (!ofTheProtocol.has(name)) call.settings += `set ${name} = ${quote(value, "'")};`
  }
  if (call.query === '') return { ...call, query: data.toString(), data: Buffer.alloc(0) }
  return call
}

const ofTheProtocol = new Set([
  'query_id',
  'session_id',
  'session_timeout',
  'session_check',
  'user',
  'password',
  'quota_key',
  'role',
  'compress',
  'decompress',
  'buffer_size',
  'wait_end_of_query',
  'enable_http_compression',
  'http_zlib_compression_level',
  'send_progress_in_http_headers',
  'stacktrace',
])

/** A session of its own: nothing of one call may be seen by another. */
async function run(call: Call) {
  const session = new Session(dir)
  try {
    await session.queryAsync(call.settings)
    await session.queryAsync(`use ${quote(call.database, '`')}`)
    return await session.queryAsync(withData(call), { format: call.format })
  } finally {
    session.close()
  }
}

/** The embedded engine takes a query as text only, so rows that are bytes go through a file. */
function withData({ query, data }: Call): string {
  if (data.length === 0) return query
  const bytes = /^(insert into \w+ \([^)]*\))(.*\bformat RowBinary)\s*$/is.exec(query)
  if (!bytes) return `${query}\n${data.toString()}`
  const path = join(dir, `${randomUUID()}.bin`)
  writeFileSync(path, data)
  return `${bytes[1]} from infile ${quote(path, "'")} ${bytes[2]}`
}

function quote(text: string, mark: "'" | '`'): string {
  return mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark
}

function refusal(error: unknown): Reply {
  const message = error instanceof Error ? error.message : String(error)
  const code = Number(/Code: (\d+)\./.exec(message)?.[1] ?? 1002)
  return {
    status: statuses.find(([, codes]) => codes.includes(code))?.[0] ?? 500,
    headers: { 'X-ClickHouse-Exception-Code': String(code) },
    body: Buffer.from(`${message.trim()} (version ${version().libchdb})\n`),
    gzip: false,
  }
}

/** Which exception becomes which status, as in ClickHouse's HTTP handler; every other one is 500. */
const statuses: [number, number[]][] = [
  [400, [6, 26, 27, 36, 38, 41, 43, 53, 62, 69, 72, 130, 131, 168, 190, 427, 456, 457]],
  [404, [46, 47, 50, 56, 60, 73, 81, 115, 392]],
  [408, [159]],
  [413, [167, 307]],
  [501, [48]],
]

function write(response: ServerResponse, reply: Reply, id: string): void {
  const body = reply.gzip ? gzipSync(reply.body) : reply.body
  response.writeHead(reply.status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': body.length,
    'X-ClickHouse-Server-Display-Name': 'heed-test',
    'X-ClickHouse-Query-Id': id,
    ...(reply.gzip ? { 'Content-Encoding': 'gzip' } : {}),
    ...reply.headers,
  })
  response.end(body)
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})

process.stdin.resume().once('end', () => {
  keeper.close()
  rmSync(dir, { recursive: true, force: true })
  process.exit(0)
})
