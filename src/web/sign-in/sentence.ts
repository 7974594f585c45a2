import type { TFunction } from 'i18next'
import { Problem, Unreachable } from '../api/problem.ts'

/** Why one is not in; `wrong` when what was typed does not fit and the server's sentence would tell too little. */
export function sentenceOf(error: Error, t: TFunction, wrong?: string): string {
  if (error instanceof Unreachable) return `${t('states.offline')}. ${t('states.offlineWords')}`
  if (error instanceof Problem && error.status === 401 && wrong !== undefined) return wrong
  if (error instanceof Problem && error.status === 429) return t('signIn.tooOften')
  return error instanceof Problem && error.message !== '' ? error.message : t('states.failedWords')
}
