import type { ServiceFigures, ServiceTickets } from './shapes/service.ts'
import { csvLine } from '../export/csv.ts'

type Row = ServiceTickets['items'][number]

/** Every ticket that was counted, one a line; times in minutes, an empty cell is unknown. */
export function* ticketLines(rows: Row[]): Generator<string> {
  yield csvLine([
    ...['ticket', 'title', 'status', 'assignee', 'opened_at'],
    ...['first_response_min', 'first_response_working_min', 'solution_min', 'solution_working_min'],
    ...['missed_promises', 'outcome'],
  ])
  for (const row of rows)
    yield csvLine([
      ...[row.id, row.title, row.status, row.assignee, row.openedAt],
      ...[row.firstMs, row.firstWorkMs, row.solutionMs, row.solutionWorkMs].map(inMinutes),
      ...[row.breaches, row.outcome],
    ])
}

/** The figures of the period beside those of the one before, one a line; shares from 0 to 1, times in minutes. */
export function* figureLines(now: ServiceFigures, before: ServiceFigures): Generator<string> {
  yield csvLine(['figure', 'value', 'before'])
  const earlier = new Map(cellsOf(before))
  for (const [name, value] of cellsOf(now)) yield csvLine([name, value, earlier.get(name) ?? null])
}

function cellsOf(figures: ServiceFigures): [string, number | null][] {
  const { counts, first, firstWork, solution, solutionWork, satisfied } = figures
  return [
    ...Object.entries(counts).map(([part, count]): [string, number] => [`tickets_${part.replaceAll('-', '_')}`, count]),
    ['mentions', figures.mentions],
    ['mentions_answered', figures.answeredMentions],
    ['share_answered', figures.shareAnswered],
    ['missed_promises', figures.breaches],
    ['first_response_median_min', inMinutes(first.median)],
    ['first_response_p90_min', inMinutes(first.p90)],
    ['first_response_working_median_min', inMinutes(firstWork.median)],
    ['first_response_working_p90_min', inMinutes(firstWork.p90)],
    ['first_response_in_target', figures.firstInTarget],
    ['solution_median_min', inMinutes(solution.median)],
    ['solution_p90_min', inMinutes(solution.p90)],
    ['solution_working_median_min', inMinutes(solutionWork.median)],
    ['solution_working_p90_min', inMinutes(solutionWork.p90)],
    ['solution_in_target', figures.solutionInTarget],
    ['satisfied_share', satisfied?.estimate ?? null],
    ['satisfied_share_low', satisfied?.low ?? null],
    ['satisfied_share_high', satisfied?.high ?? null],
  ]
}

function inMinutes(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 600) / 100
}
