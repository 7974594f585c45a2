import { z } from '@hono/zod-openapi'

const BridgeField = z.object({
  name: z.string(),
  label: z.string(),
  required: z.boolean(),
  value: z.string().openapi({ description: 'What it is if nobody changes it.' }),
  example: z.string(),
  choices: z
    .array(z.object({ value: z.string(), label: z.string() }))
    .nullable()
    .openapi({ description: 'Null: anything may be typed.' }),
})

export const Bridge = z
  .object({
    name: z.string(),
    title: z.string(),
    site: z.string().nullable(),
    forms: z.array(
      z.object({
        title: z.string().nullable(),
        address: z.string().openapi({
          description: 'The address of the feed, in which a field stands as {name}. What is not filled in is left out.',
        }),
        fields: z.array(BridgeField),
      }),
    ),
  })
  .openapi('Bridge')
export type Bridge = z.infer<typeof Bridge>
