import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { OutcomeResult } from '../../serve/api/shapes/outcome.ts'
import { lengthOf } from '../tickets/left.ts'

const partNames = [
  'all',
  'answered',
  'unanswered',
  'first-kept',
  'first-missed',
  'solved',
  'unsolved',
  'solution-kept',
  'solution-missed',
  'satisfied',
  'unsatisfied',
  'undecided',
  'silent',
  'unknown',
  'breached',
  'hours',
] as const

export function partName(t: TFunction, code: string): string {
  const known = partNames.find((one) => one === code)
  return known === undefined ? code : t(`service.part_${known}`)
}

export function isPart(code: string | undefined): code is string {
  return partNames.some((one) => one === code)
}

export function resultName(t: TFunction, result: OutcomeResult | null): string {
  return result === null ? t('outcome.unknown') : t(`outcome.result_${result}`)
}

/** Milliseconds in words. */
export function useLength(): (ms: number) => string {
  const { i18n } = useTranslation()
  return (ms) => lengthOf(ms, i18n.language)
}

export const minuteMs = 60_000
