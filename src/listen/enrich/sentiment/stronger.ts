import type { Request } from '../../../base/http/request.ts'
import type { Endpoint } from '../../../base/model/endpoint.ts'
import type { Sentiment } from '../sentiment.ts'
import { askEndpoint } from './endpoint.ts'
import type { Tonality } from './model.ts'
import { openOnnx } from './onnx.ts'

/** What somebody may set to judge better than the shipped models. */
export type StrongerOptions = {
  /** A folder with an ONNX classifier as Hugging Face exports it; null: none. */
  onnxFolder: string | null
  /** Null: none. Where both are set, the folder is asked. */
  endpoint: Endpoint | null
}

/** A stronger judge: it is asked post by post, and closed at the end. */
export type Stronger = {
  ask(post: { text: string; target: string | null }): Promise<Told>
  close(): Promise<void>
}

export type Told =
  | {
      kind: 'told'
      label: Tonality
      /** As the judge says them; null where it does not. They are not calibrated. */
      scores: Sentiment['scores'] | null
    }
  /** No answer, or one that is not exactly one of the three words; nothing of it is used. */
  | { kind: 'not-told'; reason: string }

/** Null where nothing is set. Throws `BrokenModel` where the folder holds no classifier of tonality. */
export async function openStronger(
  { onnxFolder, endpoint }: StrongerOptions,
  request: Request,
): Promise<Stronger | null> {
  if (onnxFolder !== null) return openOnnx(onnxFolder)
  if (endpoint === null) return null
  return { ask: (post) => askEndpoint(request, endpoint, post), close: async () => {} }
}

export type Strengthened = {
  label: Tonality
  scores: Sentiment['scores'] | null
  /**
   * Whether the stronger judge and the shipped model say the same: they err differently, and a probability that was never
   * measured is no reason to be sure.
   */
  sure: boolean
}

/** What the stronger judge says in place of the shipped model; where it says nothing, what was found stands. */
export async function strengthen(
  stronger: Stronger,
  found: Sentiment | null,
  post: { text: string; target: string | null },
): Promise<Sentiment | Strengthened | null> {
  if (found === null) return null
  const told = await stronger.ask(post)
  if (told.kind === 'not-told') return found
  return { label: told.label, scores: told.scores, sure: told.label === found.label }
}
