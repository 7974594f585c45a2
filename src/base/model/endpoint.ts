import { given } from '../given.ts'
import type { Request } from '../http/request.ts'

/** A model that somebody else runs and that speaks OpenAI's protocol: theirs, or llama.cpp, vLLM, Ollama on one's own machine. */
export type Endpoint = {
  /** As "http://127.0.0.1:8080/v1". */
  url: string
  model: string
  /** Null: the server asks for none. */
  key: string | null
}

export type Posted = { kind: 'answered'; body: unknown } | { kind: 'not-answered'; reason: string }

/** Asks one of the protocol's paths for JSON. Never throws for what the server does. */
export async function postToEndpoint(
  request: Request,
  { url, key }: Pick<Endpoint, 'url' | 'key'>,
  path: '/chat/completions' | '/embeddings',
  body: object,
  limits: { maxBytes: number; timeoutMs?: number | undefined; signal?: AbortSignal | undefined },
): Promise<Posted> {
  const answer = await request(`${url.replace(/\/$/, '')}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== null && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
    ...given(limits),
  })
  if (answer.kind !== 'ok') return { kind: 'not-answered', reason: answer.kind }
  if (answer.status !== 200) return { kind: 'not-answered', reason: `status ${answer.status}` }
  return { kind: 'answered', body: parseJson(Buffer.from(answer.body).toString('utf8')) }
}

/** Null for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
