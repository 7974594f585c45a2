import type { Answer, Request } from '../../base/http/request.ts'
import type { Connector, ConnectorIo, Cursor, Fetched, Pay, SourceIo, SourceSecrets } from './connector.ts'
import type { PlatformAnswer } from './connector.contract.ts'

const endlessly: Pay = async () => ({ kind: 'reserved', settle: async () => {} })

/** For a connector that needs neither socket nor stream; its quotas and its budget are endless. */
export function plainIo(io: ConnectorIo): SourceIo {
  const none = () => Promise.reject(new Error('There is no stream here'))
  return { ...io, connect: none, stream: none, spend: async () => ({ kind: 'spent' }), pay: endlessly }
}

/** A platform by written answers: reads it as a source would, and keeps what was asked. */
export function readerOf<Config>(
  connector: Connector<Config>,
  settings: unknown,
  now = '2026-11-22T12:00:00Z',
  secrets: SourceSecrets = {},
) {
  const asked: URL[] = []
  const read = async (
    answer: (asked: URL, body: string) => PlatformAnswer,
    cursor: Cursor | null = null,
    left: string[] = [],
  ): Promise<Fetched & { kind: string }> => {
    const request: Request = async (url, options) => {
      asked.push(new URL(url))
      const { status = 200, headers = {}, body = '' } = answer(new URL(url), String(options?.body ?? ''))
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
      return { kind: 'ok', status, headers, body: bytes, url, movedTo: null, requests: 1 } satisfies Answer
    }
    const io = plainIo({ request, now: () => new Date(now), signal: new AbortController().signal })
    if (!connector.fetch) throw new Error('A connector that polls has fetch')
    const config = connector.parseConfig(settings)
    return connector.fetch({ id: 1, config, secrets, cursor, left: async () => left }, io)
  }
  const page = async (...given: Parameters<typeof read>) => {
    const fetched = await read(...given)
    if (fetched.kind !== 'page') throw new Error(`Expected a page, not ${JSON.stringify(fetched)}`)
    return fetched
  }
  return { read, page, asked }
}
