/**
 * Why a request brought no answer.
 *   Problem      the server refused: `message` is its sentence in the person's language, `key` names it, `field` the input.
 *   Unreachable  no answer at all: the network or the server is down, nothing was changed as far as we know.
 */
export class Problem extends Error {
  readonly status: number
  readonly key: string
  readonly field: string | null
  constructor(message: string, options: { status: number; key: string; field: string | null }) {
    super(message)
    this.status = options.status
    this.key = options.key
    this.field = options.field
  }
}

export class Unreachable extends Error {}

/** No right looks exactly like not existing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Problem && error.status === 404
}

/** Without a sentence of ours the message is empty: a status is no word for people. A gate before the server may answer for it. */
export async function readProblem(response: Response): Promise<Problem | Unreachable> {
  const body = await response.json().catch(() => null)
  const said = isRecord(body) ? body : {}
  const sentence = [said.detail, said.title].find((part) => typeof part === 'string' && part !== '')
  if (typeof sentence !== 'string' && response.status >= 502 && response.status <= 504)
    return new Unreachable(`${response.status} ${response.statusText}`)
  return new Problem(typeof sentence === 'string' ? sentence : '', {
    status: response.status,
    key: typeof said.key === 'string' ? said.key : `http-${response.status}`,
    field: typeof said.field === 'string' ? said.field : null,
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
