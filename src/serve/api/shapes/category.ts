import { z } from '@hono/zod-openapi'
import { mostCategories } from '../../../listen/categories/category-set.ts'
import { Mention } from './mention.ts'

const name = z.string().trim().min(1).max(80)
const share = z.number().min(0).max(1)

export const CategorySetInput = z
  .object({ name, categories: z.array(name).min(2).max(mostCategories) })
  .openapi('CategorySetInput')
export type CategorySetInput = z.infer<typeof CategorySetInput>

export const CategorySetChange = z
  .object({
    name,
    categories: z
      .array(z.object({ id: z.int().positive().nullable(), name }))
      .min(2)
      .max(mostCategories)
      .openapi({
        description:
          'In this order. With its id a category keeps its labels under a new name; one that is left out is no longer learnt.',
      }),
  })
  .openapi('CategorySetChange')
export type CategorySetChange = z.infer<typeof CategorySetChange>

export const CategorySet = z
  .object({
    id: z.int(),
    name: z.string(),
    categories: z.array(
      z.object({
        id: z.int(),
        name: z.string(),
        labels: z.int().openapi({ description: 'Mentions that people put here.' }),
        precision: share.nullable().openapi({ description: 'Right answers ÷ answers; null before it was measured.' }),
        recall: share.nullable().openapi({ description: 'Right answers ÷ mentions of this category.' }),
      }),
    ),
    labels: z.int(),
    neededLabels: z.int().openapi({ description: 'How many are needed before anything is learnt.' }),
    learnt: z
      .object({
        at: z.iso.datetime(),
        labels: z.int().openapi({ description: 'Labelled mentions it was learnt from.' }),
        accuracy: share.nullable(),
        macroF1: share.nullable(),
      })
      .nullable(),
    curve: z
      .array(z.object({ labels: z.int(), accuracy: share, macroF1: share, at: z.iso.datetime() }))
      .openapi({ description: 'How good the first so many labels made it, as it was when there were so many.' }),
    agreement: z.object({
      alpha: z.number().nullable().openapi({ description: 'Krippendorff’s alpha; null below 20 pairs.' }),
      pairs: z.int(),
    }),
  })
  .openapi('CategorySet')
export type CategorySet = z.infer<typeof CategorySet>

export const Labelling = z
  .object({
    category: z.int().positive().nullable().openapi({ description: 'Null takes back what was said.' }),
    reason: z.string().trim().max(500).nullable().optional(),
  })
  .openapi('Labelling')
export type Labelling = z.infer<typeof Labelling>

/** The same of many at once. */
export const LabellingOfMany = Labelling.extend({ ids: z.array(z.string()).min(1).max(1000) }).openapi(
  'LabellingOfMany',
)

export const Labelled = z
  .object({
    id: z.string(),
    before: z.int().nullable().openapi({ description: 'The category that a person had said; null when nobody had.' }),
    categories: z.array(z.string()).openapi({ description: 'Of all sets, as they stand now.' }),
  })
  .openapi('Labelled')
export type Labelled = z.infer<typeof Labelled>

export const LabelLine = z
  .object({
    at: z.iso.datetime(),
    by: z.string(),
    category: z.string().nullable().openapi({ description: 'Null: taken back.' }),
    reason: z.string().nullable(),
  })
  .openapi('LabelLine')

export const SaidOfMention = z
  .object({
    set: z.int(),
    name: z.string(),
    said: z.string().nullable().openapi({ description: 'What holds; null when it was taken back.' }),
    lines: z.array(LabelLine).openapi({ description: 'Newest first.' }),
  })
  .openapi('SaidOfMention')
export type SaidOfMention = z.infer<typeof SaidOfMention>

export const ToLabel = z
  .object({
    mention: Mention,
    guess: z.object({ category: z.int(), chance: share }).nullable().openapi({
      description: 'What the model would say; null while nothing has been learnt or there is no word to go by.',
    }),
  })
  .openapi('ToLabel')
export type ToLabel = z.infer<typeof ToLabel>
