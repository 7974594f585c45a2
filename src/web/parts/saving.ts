import { type FormEvent, useState } from 'react'
import { Problem } from '../api/problem.ts'
import { tellFailure } from './notices.ts'

/**
 * What a form that is saved has besides its fields: whether it is under way, and the field that was refused. Anything else
 * that goes wrong is told as a notice beginning with `failure`.
 */
export function useSaving(failure: string) {
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  /** True when it was done. */
  const save = async (work: () => Promise<unknown>): Promise<boolean> => {
    setSending(true)
    setProblem(null)
    try {
      await work()
      return true
    } catch (error) {
      if (error instanceof Problem && error.field !== null) setProblem(error)
      else tellFailure(failure, error)
      return false
    } finally {
      setSending(false)
    }
  }
  return {
    sending,
    problem,
    save,
    wrongIn: (field: string) => (problem?.field === field ? problem.message : undefined),
    onSubmit: (work: () => Promise<unknown>) => (event: FormEvent) => {
      event.preventDefault()
      void save(work)
    },
  }
}
