import { z } from '@hono/zod-openapi'
import { longestPassword, shortestPassword } from '../../../base/team/password.ts'
import { roles } from '../../../base/team/role.ts'

export const Role = z.enum(roles).openapi('Role')
export type Role = z.infer<typeof Role>

export const Me = z
  .object({
    member: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      locale: z.enum(['en', 'ru']),
      isHead: z.boolean().openapi({ description: 'Sees and manages every project of the installation.' }),
    }),
    signsInWith: z.object({ password: z.boolean(), secondFactor: z.boolean() }),
    projects: z.array(
      z.object({ id: z.int(), name: z.string(), role: Role, timeZone: z.string(), isSample: z.boolean() }),
    ),
    /** True until the first project exists: the screens then offer the sample or a new project. */
    isNew: z.boolean(),
  })
  .openapi('Me')
export type Me = z.infer<typeof Me>

const name = z.string().trim().min(1).max(120)

export const MeChange = z
  .object({
    name: name.optional(),
    locale: z.enum(['en', 'ru']).optional(),
    email: z.email().max(320).optional(),
    password: z.string().min(shortestPassword).max(longestPassword).optional(),
    currentPassword: z.string().max(longestPassword).optional().openapi({
      description: 'Needed with `password` when there is one already, unless this session began with a one-time link.',
    }),
  })
  .openapi('MeChange')
export type MeChange = z.infer<typeof MeChange>

export const SecondFactorOffer = z
  .object({
    uri: z.string().openapi({ description: 'For an app: otpauth://totp/…' }),
    recoveryCodes: z.array(z.string()).openapi({ description: 'Shown this once; each opens once.' }),
  })
  .openapi('SecondFactorOffer')
export type SecondFactorOffer = z.infer<typeof SecondFactorOffer>

export const ProjectInput = z.object({ name, timeZone: z.string().max(60) }).openapi('ProjectInput')
export type ProjectInput = z.infer<typeof ProjectInput>

export const MemberInput = z.object({ name, email: z.email().max(320), role: Role }).openapi('MemberInput')
export type MemberInput = z.infer<typeof MemberInput>

export const ApiKeyInput = z.object({ name, role: Role }).openapi('ApiKeyInput')
export type ApiKeyInput = z.infer<typeof ApiKeyInput>

export const Project = z
  .object({
    id: z.int(),
    name: z.string(),
    timeZone: z.string(),
    isSample: z.boolean(),
    role: Role,
    createdAt: z.iso.datetime(),
  })
  .openapi('Project')
export type Project = z.infer<typeof Project>

/** First answers to the tickets that were opened between two moments. */
const Promised = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  kept: z.int(),
  missed: z.int(),
  inTarget: z.number().nullable().openapi({ description: 'kept ÷ (kept + missed); null while there is neither.' }),
})

/** One card of the board. */
export const ProjectCard = z
  .object({
    id: z.int(),
    name: z.string(),
    role: Role,
    isSample: z.boolean(),
    volume: z.object({
      hours: z
        .array(
          z.object({
            at: z.iso.datetime(),
            count: z.int(),
            usualLow: z.number().nullable(),
            usualHigh: z.number().nullable(),
          }),
        )
        .openapi({
          description:
            'Mentions of each of the last 24 hours, and the band between the 10th and 90th percentile of the same hour of the day over up to 28 earlier days; null when fewer than 7 days are known.',
        }),
      last24h: z.int(),
      usual24h: z
        .number()
        .nullable()
        .openapi({ description: 'Median of earlier whole days; null when fewer than 7 are known.' }),
    }),
    negativeShare: z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable().openapi({
      description: 'Of the last 24 hours, with its 95 % interval; null while there is nothing to judge by.',
    }),
    judged: z.int().openapi({ description: 'Mentions of the last 24 hours that the share stands on.' }),
    lastMentionAt: z.iso.datetime().nullable(),
    openTickets: z.int(),
    unassignedTickets: z.int(),
    firstResponse: z
      .object({ today: Promised, yesterday: Promised })
      .nullable()
      .openapi({ description: 'First answers to tickets opened on these days; null: not for this role.' }),
    lateTickets: z.int().openapi({ description: 'Open tickets whose promise has been missed.' }),
    soonDueTickets: z.int().openapi({ description: 'Open tickets whose promise ends within an hour.' }),
    waitingReplies: z.int().openapi({ description: 'Replies that wait for somebody’s approval.' }),
    illSources: z.array(z.object({ id: z.int(), name: z.string(), error: z.string() })),
  })
  .openapi('ProjectCard')
export type ProjectCard = z.infer<typeof ProjectCard>

export const Named = z
  .object({
    customers: z.array(
      z.object({
        authorId: z.string(),
        platform: z.string(),
        name: z.string().nullable(),
        handle: z.string().nullable(),
      }),
    ),
    articles: z.array(
      z.object({ id: z.int(), kind: z.enum(['article', 'answer', 'canned']), lang: z.string(), title: z.string() }),
    ),
  })
  .openapi('Named')
export type Named = z.infer<typeof Named>

export const Member = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: Role,
    lastSeenAt: z.iso.datetime().nullable(),
    secondFactor: z.boolean(),
  })
  .openapi('Member')
export type Member = z.infer<typeof Member>

export const Invitation = z
  .object({
    member: Member,
    link: z.string().openapi({ description: 'One-time sign-in link to hand over; works for 7 days.' }),
  })
  .openapi('Invitation')
export type Invitation = z.infer<typeof Invitation>

export const ApiKey = z
  .object({
    id: z.int(),
    name: z.string(),
    prefix: z.string(),
    role: Role,
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .openapi('ApiKey')
export type ApiKey = z.infer<typeof ApiKey>

export const AuditEvent = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    actor: z.string().nullable(),
    action: z.string(),
    subject: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .openapi('AuditEvent')
export type AuditEvent = z.infer<typeof AuditEvent>

/** Work that goes on in the background: an import, the sample, a topic's run over the archive. */
export const Progress = z
  .object({
    id: z.string(),
    kind: z.enum(['import', 'sample', 'backfill', 'replay']),
    title: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    step: z.enum(['read', 'match', 'enrich', 'save']).nullable(),
    total: z.int().nullable().openapi({ description: 'Posts to go through; null while unknown.' }),
    done: z.int(),
    saved: z.int().openapi({ description: 'Mentions saved so far.' }),
    unmatched: z.int(),
    failures: z
      .array(z.object({ row: z.int(), reason: z.string() }))
      .openapi({ description: 'The first 100 rows that could not be read.' }),
    failureCount: z.int(),
    error: z.string().nullable(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .openapi('Progress')
export type Progress = z.infer<typeof Progress>
