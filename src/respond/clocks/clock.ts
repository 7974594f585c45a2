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
  /** How much of what has to be told was told. */
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

/** That the promise is missed, or who is called. */
export type Telling = 'missed' | Rung

/** What is told of a promise and at which share of its time, in this order. Its end is always among it. */
export function tellingsOf(steps: Step[]): { share: number; tells: Telling }[] {
  return [{ share: 1, tells: 'missed' as const }, ...steps.map(({ share, to }) => ({ share, tells: to }))].toSorted(
    (one, other) => one.share - other.share,
  )
}

/**
 * When a clock ends, and when what has to be told from now on. Null calendar: all time counts. `dueAt` null: it does not run, or
 * the calendar has no such moment.
 */
export function momentsAhead(
  { minutes, steps, spentMs, runningSince, told }: Running,
  calendar: Calendar | null,
): { dueAt: Date | null; ahead: { at: Date; tells: Telling }[] } {
  if (runningSince === null) return { dueAt: null, ahead: [] }
  const at = (share: number) => {
    const left = share * minutes * 60_000 - spentMs
    // What had gone already lies before the moment it began to run again; one that is missed stays missed.
    if (left <= 0 || calendar === null) return new Date(runningSince.getTime() + left)
    return addWorkingTime(calendar, runningSince, left)
  }
  const ahead = tellingsOf(steps)
    .slice(told)
    .flatMap(({ share, tells }) => {
      const when = at(share)
      return when === null ? [] : [{ at: when, tells }]
    })
  return { dueAt: at(1), ahead }
}

/** Working time of a clock that has gone by now, in milliseconds. */
export function spentBy({ spentMs, runningSince }: Running, calendar: Calendar | null, now: Date): number {
  if (runningSince === null || now <= runningSince) return spentMs
  return (
    spentMs +
    (calendar === null ? now.getTime() - runningSince.getTime() : workingTimeBetween(calendar, runningSince, now))
  )
}
