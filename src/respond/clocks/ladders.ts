import type { PolicyInput, Step } from './policy.ts'

/** Half of the time gone: a reminder. All of it: the manager. As long again: the head. Four times as long: the alarm. */
const climbing: Step[] = [
  { share: 0.5, to: 'assignee' },
  { share: 1, to: 'manager' },
  { share: 2, to: 'head' },
  { share: 4, to: 'alarm' },
]

type Ladder = Pick<PolicyInput, 'firstMinutes' | 'nextMinutes' | 'solutionMinutes' | 'aroundTheClock' | 'steps'>

/** Promises that teams of this trade give, to begin with. Real time is five minutes, by day and by night. */
export const ladders = {
  'real-time': { firstMinutes: 5, nextMinutes: 5, solutionMinutes: 60, aroundTheClock: true, steps: climbing },
  'quarter-hour': { firstMinutes: 15, nextMinutes: 30, solutionMinutes: 240, aroundTheClock: false, steps: climbing },
  'hour-and-half': {
    firstMinutes: 90,
    nextMinutes: 180,
    solutionMinutes: 1440,
    aroundTheClock: false,
    steps: climbing,
  },
  'one-day': { firstMinutes: 480, nextMinutes: 480, solutionMinutes: 2400, aroundTheClock: false, steps: climbing },
} as const satisfies { [name: string]: Ladder }
