import { z } from 'zod'
import { readJson, type Answered } from '../answers.ts'

/** The reason in Google's own word, such as `quotaExceeded`, and what it says of it. */
export type GoogleRefusal = { reason: string; message: string }

const Refusal = z.object({
  error: z.object({
    message: z.string().nullish(),
    status: z.string().nullish(),
    errors: z.array(z.object({ reason: z.string().nullish() })).nullish(),
    details: z
      .array(z.object({ reason: z.string().nullish() }))
      .nullish()
      .catch(null),
  }),
})

/** Reads how Google refuses (https://cloud.google.com/apis/design/errors); the finest reason there is. */
export function refusalIn(answer: Answered): GoogleRefusal {
  const read = readJson(answer, Refusal)
  if ('trouble' in read) return { reason: '', message: `HTTP ${answer.status}` }
  const { message, status, errors, details } = read.value.error
  const reason = details?.find((one) => one.reason != null)?.reason ?? errors?.[0]?.reason ?? status ?? ''
  // It puts HTML into its sentences.
  return { reason, message: (message ?? '').replace(/<[^>]*>/g, '') || `HTTP ${answer.status}` }
}
