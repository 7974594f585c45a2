import { z } from '@hono/zod-openapi'
import { evidenceKinds, results } from '../../../respond/outcome/outcome.ts'
import { pathSteps } from '../../../respond/people/path.ts'
import { Mention } from './mention.ts'

export const Verdict = z.enum(['satisfied', 'unsatisfied']).openapi('Verdict')
export type Verdict = z.infer<typeof Verdict>

export const OutcomeResult = z.enum(results).openapi('OutcomeResult')
export type OutcomeResult = z.infer<typeof OutcomeResult>

export const Estimate = z
  .object({ estimate: z.number(), low: z.number(), high: z.number() })
  .openapi({ description: 'A share with the ends of its 95 % interval.' })

const Words = z.string().trim().max(1000)

export const Evidence = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    kind: z.enum(evidenceKinds),
    verdict: Verdict.nullable().openapi({ description: 'Null: it says nothing about satisfaction.' }),
    mention: z.string().nullable(),
    from: z.number().nullable().openapi({ description: 'The rating before.' }),
    to: z.number().nullable(),
    words: z.string().nullable(),
    actor: z.string().nullable(),
  })
  .openapi('OutcomeEvidence')
export type Evidence = z.infer<typeof Evidence>

export const TicketOutcome = z
  .object({
    outcome: z
      .object({
        result: OutcomeResult.nullable().openapi({ description: 'Null: nobody knows yet.' }),
        saidBy: z.enum(['observed', 'author', 'member']).nullable(),
        since: z.iso.datetime().openapi({ description: 'Our last answer or solution.' }),
        until: z.iso.datetime().openapi({ description: 'Until then the author is listened for.' }),
      })
      .nullable()
      .openapi({ description: 'Null: neither answered nor solved yet.' }),
    evidence: z.array(Evidence).openapi({ description: 'In the order in which it was done.' }),
  })
  .openapi('TicketOutcome')
export type TicketOutcome = z.infer<typeof TicketOutcome>

export const OutcomeMark = z
  .object({
    verdict: Verdict.nullable().openapi({ description: 'Null takes a mark back.' }),
    words: Words.optional(),
  })
  .openapi('OutcomeMark')

const Link = z.string().max(100).openapi({ description: 'What stands at the end of the address the customer got.' })

export const CustomerLink = z.object({ link: Link }).openapi('CustomerLink')

export const AskedCustomer = z
  .object({ project: z.string(), answer: Verdict.nullable().openapi({ description: 'Their newest; null: none yet.' }) })
  .openapi('AskedCustomer')
export type AskedCustomer = z.infer<typeof AskedCustomer>

export const CustomerAnswer = z
  .object({ link: Link, verdict: Verdict, words: Words.optional() })
  .openapi('CustomerAnswer')

export const ArticleScores = z
  .object({
    items: z.array(
      z.object({
        articleId: z.int(),
        tickets: z.int(),
        satisfied: z.int(),
        unsatisfied: z.int(),
        share: Estimate.nullable(),
      }),
    ),
    measure: z.string().openapi({ description: 'What is counted, in words.' }),
  })
  .openapi('ArticleScores')
export type ArticleScores = z.infer<typeof ArticleScores>

export const Advocates = z
  .object({
    items: z.array(
      z.object({
        author: z.string(),
        reasons: z
          .array(z.object({ step: z.enum(pathSteps), key: z.string(), values: z.record(z.string(), z.number()) }))
          .openapi({ description: 'Why they are one, as on their card.' }),
        mention: Mention,
        warm: z.int().openapi({ description: 'Kind words of the period.' }),
        thankedIn: z.int().nullable().openapi({ description: 'The ticket that thanks them already.' }),
      }),
    ),
    measure: z.string(),
  })
  .openapi('Advocates')
export type Advocates = z.infer<typeof Advocates>
