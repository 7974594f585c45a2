import type { ClockKind, Rung, Step } from './policy.ts'
import { addWorkingTime, workingTimeBetween, type Calendar } from './working-time.ts'

/** One promise to one customer, as far as time goes. */
export type Running = {
  minutes: number
  steps: Step[]
  /** Working time that had gone when it began to run the last time. */
  spentMs: number
  /** Null: waiting for the customer, or ended. */
  runningSince: Date | null
  /** How many of the moments have been told. */
  told: number
}

export type Clock = Running & {
  id: number
  projectId: number
  ticketId: number
  kind: ClockKind
  policyId: number | null
  aroundTheClock: boolean
  beganAt: Date
  dueAt: Date | null
  nextAt: Date | null
  missedAt: Date | null
  endedAt: Date | null
  outcome: 'kept' | 'missed' | 'dropped' | null
}

/** What has to be told at a share of the time: that the promise is missed, who is called, or both. */
export type Moment = { share: number; missed: boolean; to: Rung[] }

/** In the order of time. The end of the promise is always among them. */
export function momentsOf(steps: Step[]): Moment[] {
  const shares = [...new Set([1, ...steps.map(({ share }) => share)])].toSorted((one, other) => one - other)
  return shares.map((share) => ({
    share,
    missed: share === 1,
    to: steps.filter((step) => step.share === share).map(({ to }) => to),
  }))
}

/**
 * When a clock ends and when somebody has to be told next. Null calendar: all time counts. `dueAt` null: it does not run, or
 * the calendar has no such moment; `nextAt` null also when everything was told.
 */
export function momentsAhead(
  { minutes, steps, spentMs, runningSince, told }: Running,
  calendar: Calendar | null,
): { dueAt: Date | null; nextAt: Date | null } {
  if (runningSince === null) return { dueAt: null, nextAt: null }
  const at = (share: number) => {
    const left = share * minutes * 60_000 - spentMs
    // What had gone already lies before the moment it began to run again; one that is missed stays missed.
    if (left <= 0) return new Date(runningSince.getTime() + left)
    return calendar === null ? new Date(runningSince.getTime() + left) : addWorkingTime(calendar, runningSince, left)
  }
  const next = momentsOf(steps)[told]
  return { dueAt: at(1), nextAt: next === undefined ? null : at(next.share) }
}

/** Working time of a clock that has gone by now, in milliseconds. */
export function spentBy({ spentMs, runningSince }: Running, calendar: Calendar | null, now: Date): number {
  if (runningSince === null || now <= runningSince) return spentMs
  return (
    spentMs +
    (calendar === null ? now.getTime() - runningSince.getTime() : workingTimeBetween(calendar, runningSince, now))
  )
}
