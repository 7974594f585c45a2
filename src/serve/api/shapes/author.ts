import { purposes } from '../../../respond/customers/consent.ts'
import { z } from '@hono/zod-openapi'
import { authorRoles } from '../../../measure/authors/role.ts'
import { pathSteps } from '../../../respond/people/path.ts'
import { AuthorShape, Mention } from './mention.ts'
import { Ticket } from './ticket.ts'

// Not named in the document, where a name beside null would leave the null out.
export const AuthorRole = z.enum(authorRoles)
export type AuthorRole = z.infer<typeof AuthorRole>

const Values = z.record(z.string(), z.union([z.string(), z.number()]))

/** An account with the platform it is on. */
const Account = AuthorShape.extend({ platform: z.string() })

export const LinkReason = z
  .object({
    key: z.enum(['same-handle', 'same-name-city', 'same-name-topic', 'address-in-bio', 'same-text', 'other-city']),
    points: z.int(),
    values: Values,
  })
  .openapi('LinkReason', {
    description: 'Why two accounts may be one person’s; against it when the points are negative.',
  })
export type LinkReason = z.infer<typeof LinkReason>

export const AuthorCard = z
  .object({
    author: Account,
    accounts: z
      .array(
        Account.extend({
          mentions: z.int(),
          firstAt: z.iso.datetime().nullable(),
          lastAt: z.iso.datetime().nullable(),
        }),
      )
      .openapi({ description: 'All accounts that people have joined, the one asked for first.' }),
    decisions: z
      .array(
        z.object({
          one: z.string(),
          other: z.string(),
          decision: z.enum(['same', 'apart', 'different', 'open']),
          reasons: z.array(LinkReason),
          at: z.iso.datetime(),
          actor: z.string(),
        }),
      )
      .openapi({ description: 'What people said about these accounts and others, newest first.' }),
    mentions: z.int().openapi({ description: 'The newest 100,000 when there are more.' }),
    firstAt: z.iso.datetime().nullable(),
    lastAt: z.iso.datetime().nullable(),
    bucket: z.enum(['hour', 'day', 'week', 'month']),
    buckets: z.array(z.iso.datetime()),
    tonality: z.object({
      negative: z.array(z.int()),
      neutral: z.array(z.int()),
      positive: z.array(z.int()),
      unknown: z.array(z.int()),
    }),
    topics: z.array(z.object({ topic: z.int(), name: z.string(), count: z.int() })),
    stages: z.array(z.object({ stage: z.string().nullable(), count: z.int() })),
    sources: z.array(z.object({ platform: z.string(), source: z.string().nullable(), count: z.int() })),
    languages: z.array(z.object({ lang: z.string().nullable(), count: z.int() })),
    places: z.array(z.object({ country: z.string().nullable(), city: z.string().nullable(), count: z.int() })),
    reach: z.int().nullable(),
    engagement: z.int().nullable(),
    role: z.object({
      set: z.object({ role: AuthorRole, at: z.iso.datetime(), actor: z.string() }).nullable(),
      likely: AuthorRole.nullable().openapi({ description: 'Null: the evidence is weak, or speaks for two alike.' }),
      points: z.record(AuthorRole, z.int()),
      evidence: z.array(z.object({ role: AuthorRole, key: z.string(), points: z.int(), values: Values })),
      history: z.array(z.object({ role: AuthorRole.nullable(), at: z.iso.datetime(), actor: z.string() })),
    }),
    path: z
      .object({
        step: z.enum(pathSteps),
        leaving: z.boolean(),
        reasons: z.array(z.object({ step: z.enum(pathSteps), key: z.string(), values: Values })),
      })
      .nullable(),
    questions: z.array(
      z.object({
        mention: Mention,
        ticket: Ticket.nullable(),
        replies: z
          .array(
            z.object({
              text: z.string(),
              at: z.iso.datetime(),
              by: z.string().nullable(),
              url: z.string().nullable(),
            }),
          )
          .openapi({ description: 'What went out from Heed.' }),
        answers: z.array(Mention),
        state: z.enum(['answered', 'inWork', 'open']),
      }),
    ),
    tickets: z.array(Ticket).openapi({ description: 'All of this person’s, newest first, up to 100.' }),
    latest: z.array(Mention).openapi({ description: 'The newest, up to 10.' }),
    measures: z
      .record(z.string(), z.string())
      .openapi({ description: 'The formula of each figure in words, in the language of the request.' }),
  })
  .openapi('AuthorCard')
export type AuthorCard = z.infer<typeof AuthorCard>

export const CalledAuthor = Account.extend({ mentions: z.int() }).openapi('CalledAuthor')
export type CalledAuthor = z.infer<typeof CalledAuthor>

export const AuthorProposal = z
  .object({ account: CalledAuthor, reasons: z.array(LinkReason) })
  .openapi('AuthorProposal')
export type AuthorProposal = z.infer<typeof AuthorProposal>

const Purpose = z
  .enum(purposes)
  .openapi({ description: 'contact: written to about other matters; quote: their words shown; share: given to a CRM.' })

export const NewConsent = z
  .object({
    purpose: Purpose,
    given: z.boolean().nullable().openapi({ description: 'Null takes back what was said.' }),
    how: z.string().trim().min(1).max(500).openapi({ description: 'Where and how they said it.' }),
  })
  .openapi('NewConsent')

export const AuthorService = z
  .object({
    promises: z
      .array(
        z.object({
          ticket: z.int(),
          words: z.string(),
          at: z.iso.datetime(),
          by: z.string().nullable(),
          keeper: z.string().nullable(),
          dueAt: z.iso.datetime().nullable(),
        }),
      )
      .openapi({ description: 'What our replies promised and no solved ticket has kept yet, oldest first.' }),
    promisesFormula: z.string(),
    consents: z
      .array(
        z.object({
          purpose: Purpose,
          given: z.boolean().nullable(),
          how: z.string(),
          at: z.iso.datetime(),
          actor: z.string(),
        }),
      )
      .openapi({ description: 'Newest first; the first of a purpose holds, over all accounts.' }),
    helpful: z
      .array(
        z.object({
          article: z.int(),
          lang: z.string(),
          title: z.string(),
          words: z.array(z.string()).openapi({ description: 'Which words of theirs it has.' }),
          mention: z.string(),
        }),
      )
      .openapi({ description: 'What else can help: articles near to what they wrote that nobody has used for them.' }),
  })
  .openapi('AuthorService')
export type AuthorService = z.infer<typeof AuthorService>

export const Forgotten = z
  .object({
    mentions: z.int(),
    archived: z.int(),
    tickets: z.int(),
    elsewhere: z
      .array(z.object({ system: z.string(), name: z.string(), url: z.string().nullable() }))
      .openapi({ description: 'Records in other systems, which a person has to remove there: Heed cannot.' }),
  })
  .openapi('Forgotten', {
    description: 'How many mentions and archived posts were removed, and in how many tickets words were.',
  })
export type Forgotten = z.infer<typeof Forgotten>
