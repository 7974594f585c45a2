/** Roles, steps, evidence and reasons in sentences; what we have no sentence for is shown as it came. */
import type { TFunction } from 'i18next'
import type { AuthorCard, AuthorRole, LinkReason } from '../../serve/api/shapes/author.ts'
import type { Format } from '../parts/format.ts'

export const authorRoles = [
  'customer',
  'journalist',
  'employee',
  'business',
  'bot-like',
] as const satisfies readonly AuthorRole[]
export const pathSteps = ['potential', 'engaged', 'loyal', 'advocate'] as const satisfies readonly PathStep[]
export type PathStep = NonNullable<AuthorCard['path']>['step']

type Evidence = AuthorCard['role']['evidence'][number]
type PathReason = NonNullable<AuthorCard['path']>['reasons'][number]

// Sentences with a number have forms for it, so they stand apart.
const countedEvidence = ['reviews', 'own-experience', 'tickets'] as const
const plainEvidence = [
  'bio-journalist',
  'articles',
  'verified',
  'many-followers',
  'bio-employee',
  'named-like-topic',
  'bio-names-topic',
  'bio-business',
  'bio-contact',
  'links',
  'copies',
  'same-minute',
  'repeats',
  'many-a-day',
  'digits',
  'few-followers',
] as const
const pathKeys = ['asks', 'own-experience', 'ratings', 'tickets', 'warm-again', 'more-warm', 'warm-to-others'] as const

export function roleName(t: TFunction, role: AuthorRole): string {
  return t(`author.role_${role}`)
}

export function evidenceWords(t: TFunction, f: Format, { key, values }: Evidence): string {
  const counted = countedEvidence.find((one) => one === key)
  if (counted !== undefined) return t(`author.evidence_${counted}`, { ...shown(f, values), count: countIn(values) })
  const plain = plainEvidence.find((one) => one === key)
  return plain === undefined ? key : t(`author.evidence_${plain}`, shown(f, values))
}

export function pathWords(t: TFunction, f: Format, { key, values }: PathReason): string {
  const known = pathKeys.find((one) => one === key)
  return known === undefined ? key : t(`author.path_${known}`, { ...shown(f, values), count: countIn(values) })
}

export function reasonWords(t: TFunction, f: Format, { key, values }: LinkReason): string {
  return key === 'same-text'
    ? t('author.reason_same-text', { ...shown(f, values), count: countIn(values) })
    : t(`author.reason_${key}`, shown(f, values))
}

type Values = Evidence['values']

function countIn({ count }: Values): number {
  return Number(count ?? 0)
}

const gaps = [
  'words',
  'topic',
  'handle',
  'name',
  'city',
  'own',
  'other',
  'address',
  'share',
  'followers',
  'minutes',
  'days',
  'cold',
  'count',
] as const
type Gap = (typeof gaps)[number]

/** Numbers as people write them, and names that cannot turn the sentence around. */
function shown(f: Format, values: Values): { [name in Gap]: string } & { shown: string } {
  const written = (name: Gap) => {
    const value = values[name]
    if (value === undefined) return ''
    if (typeof value === 'string') return `\u2068${value}\u2069`
    return name === 'share' ? f.percent(value) : f.number(value)
  }
  const all = Object.fromEntries(gaps.map((name) => [name, written(name)])) as { [name in Gap]: string }
  return { ...all, shown: all.count }
}
