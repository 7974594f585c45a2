import { z } from '@hono/zod-openapi'
import { letterProblems } from '../../../base/letters/letter.ts'

const Moment = z.iso.datetime()
const Problem = z
  .object({ key: z.enum(letterProblems), reason: z.string().optional() })
  .openapi({ description: 'Why; `reason` is what the mail server said, in its words.' })

export const LetterAccountInput = z
  .object({
    server: z.string().max(300).openapi({ description: 'Such as smtps://smtp.example.com or smtp://10.0.0.5:25.' }),
    user: z.string().max(300).openapi({ description: 'Empty where the server asks for no name.' }),
    password: z.string().max(1000).openapi({ description: 'Kept sealed, never shown; empty keeps the one there is.' }),
    address: z
      .string()
      .max(254)
      .openapi({ description: 'Where letters come from; empty: the name one signs in with.' }),
    name: z.string().max(120),
  })
  .openapi('LetterAccountInput')

export const LetterAccount = z
  .object({
    server: z.string(),
    user: z.string(),
    address: z.string(),
    name: z.string(),
    byEnvironment: z.boolean().openapi({ description: 'Set by HEED_SMTP_URL, so it is not changed here.' }),
  })
  .openapi('LetterAccount')
export type LetterAccount = z.infer<typeof LetterAccount>

export const LetterTry = z
  .object({ problem: Problem.nullable().openapi({ description: 'Null: the server has taken the letter.' }) })
  .openapi('LetterTry')
export type LetterTry = z.infer<typeof LetterTry>

export const Letters = z
  .object({
    account: LetterAccount.nullable(),
    counts: z.object({ waiting: z.int(), sent: z.int(), refused: z.int(), unsure: z.int() }),
    items: z.array(
      z.object({
        id: z.int(),
        recipient: z.string(),
        subject: z.string(),
        state: z.enum(['waiting', 'sent', 'refused', 'unsure']),
        writtenAt: Moment,
        dueAt: Moment,
        tries: z.int(),
        problem: Problem.nullable(),
        endedAt: Moment.nullable(),
      }),
    ),
  })
  .openapi('Letters')
export type Letters = z.infer<typeof Letters>
