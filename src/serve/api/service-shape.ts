import type { Words } from '../../measure/analytics/measure.ts'
import { shareAnswered } from '../../measure/service/answered.ts'
import { figureWords, type ServiceFigures } from '../../measure/service/figures.ts'
import { hoursWords, type Hours } from '../../measure/service/hours.ts'
import { loadWords } from '../../measure/service/load.ts'
import { solvedReachWords } from '../../measure/service/reach.ts'
import { shareSatisfied } from '../../measure/service/satisfied.ts'
import { servedWords } from '../../measure/service/served.ts'
import type * as shapes from './shapes/service.ts'

const words: { [figure: string]: Words } = {
  ...figureWords,
  load: loadWords,
  hours: hoursWords,
  reach: solvedReachWords,
  served: servedWords,
}

export function sayMeasures(locale: 'en' | 'ru'): { [figure: string]: string } {
  return Object.fromEntries(Object.entries(words).map(([figure, said]) => [figure, said[locale]]))
}

export function showFigures(figures: ServiceFigures): shapes.ServiceFigures {
  const { counts, mentions, answeredMentions } = figures
  return {
    ...figures,
    shareAnswered: shareAnswered(answeredMentions, mentions),
    firstInTarget: shareOf(counts['first-kept'], counts['first-missed']),
    solutionInTarget: shareOf(counts['solution-kept'], counts['solution-missed']),
    satisfied: shareSatisfied(counts.satisfied, counts.unsatisfied),
  }
}

/** What work costs is for whoever runs the project. */
export function showHours({ minutes, unpricedMinutes, costs }: Hours, seesCosts: boolean): shapes.ServiceHours {
  return { minutes, unpricedMinutes, costs: seesCosts ? costs : null }
}

/** Null where neither is known. */
function shareOf(kept: number, missed: number): number | null {
  return kept + missed === 0 ? null : kept / (kept + missed)
}
