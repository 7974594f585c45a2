import type { TFunction } from 'i18next'
import type { QueryProblem } from '../../serve/api/shapes/topic.ts'

type Repair = NonNullable<QueryProblem['repair']>

const longest = 24

export function repaired(text: string, { start, end, replacement }: Repair): string {
  return text.slice(0, start) + replacement + text.slice(end)
}

/** What pressing the repair does to the query, said with a verb. */
export function repairWords(t: TFunction, text: string, { start, end, replacement }: Repair): string {
  const what = shortened(text.slice(start, end).trim())
  const how = shortened(replacement.trim())
  if (what === '') return t('filter.repairAdd', { how })
  return how === '' ? t('filter.repairRemove', { what }) : t('filter.repairReplace', { what, how })
}

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}
