import { z } from 'zod'
import { createRequest } from '../http/request.ts'
import { parseJson, postToEndpoint, type Endpoint } from './endpoint.ts'

/** The language model that whoever runs this copy has set, if they have. */
export type Model = {
  /** As people should know where their texts go. */
  name: string
  host: string
  /** Asks for JSON of a schema; whoever asks checks it, for not every server keeps to schemas. */
  write(asked: Asked, signal: AbortSignal): Promise<Wrote>
  /** One vector of length 1 for each text, in order; null where no model for that is set, or it does not answer. */
  embed: ((texts: string[], timeoutMs: number) => Promise<Float32Array[] | null>) | null
  /** What that model is called: vectors of different models say nothing about each other. */
  embeddingModel: string | null
  close(): Promise<void>
}

export type Asked = {
  instructions: string
  /** Goes as a JSON string beside the instructions that call it data. */
  data: object
  schema: { name: string; schema: object }
  mostTokens: number
}
export type Wrote = { kind: 'wrote'; value: unknown } | { kind: 'not-written'; reason: string }

export type ModelOptions = { endpoint: Endpoint | null; embeddingModel: string | null }

/** Null where nothing is set. Whoever runs Heed has set the address, and it may be of this machine. */
export function openModel({ endpoint, embeddingModel }: ModelOptions): Model | null {
  if (endpoint === null) return null
  const request = createRequest({ allowPrivate: true })
  return {
    name: endpoint.model,
    host: URL.canParse(endpoint.url) ? new URL(endpoint.url).host : endpoint.url,
    async write({ instructions, data, schema, mostTokens }, signal) {
      const posted = await postToEndpoint(
        request,
        endpoint,
        '/chat/completions',
        {
          model: endpoint.model,
          messages: [
            { role: 'system', content: instructions },
            { role: 'user', content: JSON.stringify(data) },
          ],
          temperature: 0.2,
          max_tokens: mostTokens,
          response_format: { type: 'json_schema', json_schema: { ...schema, strict: true } },
        },
        { maxBytes: 1024 * 1024, timeoutMs: 60_000, signal },
      )
      if (posted.kind === 'not-answered') return { kind: 'not-written', reason: posted.reason }
      const read = completion.safeParse(posted.body)
      if (!read.success) return { kind: 'not-written', reason: 'an answer of another protocol' }
      return { kind: 'wrote', value: parseJson(read.data.choices[0]!.message.content) }
    },
    embed:
      embeddingModel === null
        ? null
        : async (texts, timeoutMs) => {
            const posted = await postToEndpoint(
              request,
              endpoint,
              '/embeddings',
              { model: embeddingModel, input: texts, encoding_format: 'float' },
              { maxBytes: 64 * 1024 * 1024, timeoutMs },
            )
            const read = posted.kind === 'answered' ? embeddings.safeParse(posted.body) : null
            if (!read?.success || read.data.data.length !== texts.length) return null
            return read.data.data.toSorted((one, other) => one.index - other.index).map((one) => unit(one.embedding))
          },
    embeddingModel,
    close: () => request.close(),
  }
}

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })
const embeddings = z.object({
  data: z.array(z.object({ index: z.int(), embedding: z.array(z.number()).min(1) })),
})

function unit(vector: number[]): Float32Array {
  const length = Math.hypot(...vector)
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length))
}
