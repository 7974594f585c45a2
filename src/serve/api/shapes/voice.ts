import { z } from '@hono/zod-openapi'

const Phrase = z.string().trim().min(1).max(100)

export const Voice = z
  .object({
    names: z
      .array(Phrase)
      .max(50)
      .openapi({ description: 'What people call this client; replies of other projects that say so do not go out.' }),
    banned: z.array(Phrase).max(200).openapi({ description: 'Words that never stand in a reply, in any form.' }),
    address: z
      .enum(['formal', 'informal'])
      .nullable()
      .openapi({ description: 'How people are spoken to in Russian: formal is «вы», informal «ты»; null: either.' }),
    languages: z
      .array(z.string().regex(/^[a-z]{2}$/))
      .max(30)
      .default([])
      .openapi({ description: 'In which this client replies, as ISO 639-1 codes; none: in any.' }),
  })
  .openapi('ReplyVoice')
export type Voice = z.infer<typeof Voice>
