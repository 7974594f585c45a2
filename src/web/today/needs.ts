import type { ProjectCard } from '../../serve/api/shapes/project.ts'

/** Why a project needs a person now, the most pressing first. */
export type Need =
  | { kind: 'late' | 'soon' | 'unassigned' | 'approval'; count: number }
  | { kind: 'rising'; since: string }
  | { kind: 'ill-sources'; count: number }

// Each weighs more than all behind it together.
const weights = { late: 32, soon: 16, unassigned: 8, rising: 4, 'ill-sources': 2, approval: 1 } as const
// One loud hour happens by chance; two in a row seldom do.
const loudHours = 2

export function needsOf(card: ProjectCard): Need[] {
  const needs: Need[] = []
  if (card.lateTickets > 0) needs.push({ kind: 'late', count: card.lateTickets })
  if (card.soonDueTickets > 0) needs.push({ kind: 'soon', count: card.soonDueTickets })
  if (card.unassignedTickets > 0) needs.push({ kind: 'unassigned', count: card.unassignedTickets })
  const since = risingSince(card)
  if (since !== null) needs.push({ kind: 'rising', since })
  if (card.illSources.length > 0) needs.push({ kind: 'ill-sources', count: card.illSources.length })
  if (card.waitingReplies > 0) needs.push({ kind: 'approval', count: card.waitingReplies })
  return needs
}

/** What needs a person stands first; among equals the louder one. */
export function byNeed(one: ProjectCard, other: ProjectCard): number {
  return (
    weigh(other) - weigh(one) ||
    other.lateTickets - one.lateTickets ||
    other.unassignedTickets - one.unassignedTickets ||
    other.volume.last24h - one.volume.last24h
  )
}

function weigh(card: ProjectCard): number {
  return needsOf(card).reduce((sum, { kind }) => sum + weights[kind], 0)
}

/** The first of the latest hours that all lie above their usual band; the hour that still runs may be low. */
function risingSince({ volume: { hours } }: ProjectCard): string | null {
  const isLoud = hours.map(({ count, usualHigh }) => usualHigh !== null && count > usualHigh)
  const end = isLoud.at(-1) === true ? isLoud.length : isLoud.length - 1
  let start = end
  while (start > 0 && isLoud[start - 1] === true) start -= 1
  return end - start >= loudHours ? (hours[start]?.at ?? null) : null
}
