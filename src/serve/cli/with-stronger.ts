import { createRequest } from '../../base/http/request.ts'
import { BrokenModel } from '../../base/learn/model-file.ts'
import { readConfig } from '../../config.ts'
import type { Sentiment } from '../../listen/enrich/sentiment.ts'
import { openStronger, strengthen } from '../../listen/enrich/sentiment/stronger.ts'
import { WrongCall, type Call } from './command.ts'
import type { PostLine } from './post-line.ts'

/** Puts into an answer about a post what the stronger judge says of its tonality. */
type Strengthen = (answer: Answer, line: PostLine) => Promise<Answer>
type Answer = { [name: string]: unknown }

/** Runs with the stronger judge that the environment sets, or with null, and closes it at the end. */
export async function withStronger(
  call: Call,
  run: (strengthen: Strengthen | null) => Promise<number>,
): Promise<number> {
  // Whoever runs Heed has set the address, and it may be of this machine.
  const request = createRequest({ allowPrivate: true })
  const stronger = await openStronger(readConfig(call.env).stronger, request).catch((error: unknown) => {
    if (!(error instanceof BrokenModel)) throw error
    throw new WrongCall({ en: `HEED_ONNX: ${error.message}`, ru: `HEED_ONNX не подходит: ${error.message}` })
  })
  try {
    if (stronger === null) return await run(null)
    return await run(async (answer, { post, given }) => {
      const text = post.title === null ? post.text : `${post.title}\n${post.text}`
      const asked = [
        ['sentiment', null],
        ['sentimentTowards', typeof given['target'] === 'string' ? given['target'] : null],
      ] as const
      const told: Answer = {}
      for (const [name, target] of asked) {
        const found = (answer[name] ?? null) as Sentiment | null
        if (name in answer) told[name] = await strengthen(stronger, found, { text, target })
      }
      return { ...answer, ...told }
    })
  } finally {
    await stronger?.close()
    await request.close()
  }
}
