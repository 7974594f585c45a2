import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { type FilterSearch, readFilterSearch, useFilter } from '../parts/filter.ts'

/** What the address of the figures says beside the period; `part` is the figure whose tickets are shown. */
export type ServiceSearch = Pick<FilterSearch, 'period' | 'from' | 'to' | 'platform' | 'topic'> & {
  queue?: string
  member?: string
  part?: string
  hours?: 'work'
}

export function readServiceSearch(raw: Record<string, unknown>): ServiceSearch {
  const { period, from, to, platform, topic } = readFilterSearch(raw)
  const search: ServiceSearch = {}
  if (period !== undefined) search.period = period
  for (const [name, value] of Object.entries({ from, to, platform, topic }))
    if (value !== undefined) search[name as 'from'] = value
  for (const name of ['queue', 'member', 'part'] as const) {
    const value = raw[name]
    if (typeof value === 'string' && value !== '') search[name] = value
  }
  if (raw.hours === 'work') search.hours = 'work'
  return search
}

/** What the address asks for, as the API wants it, and how to change it. */
export function useServiceSearch() {
  const raw = useSearch({ strict: false })
  const navigate = useNavigate()
  const search = useMemo(() => readServiceSearch(raw), [raw])
  const { from, to } = useFilter().filter
  const filter = useMemo(() => {
    const { platform, topic, queue, member } = search
    return { from, to, platform, topic, queue, member }
  }, [search, from, to])
  const set = useCallback(
    (change: { [name in keyof ServiceSearch]?: ServiceSearch[name] | undefined }) =>
      void navigate({
        to: '.',
        search: (before: object) =>
          Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined)),
      }),
    [navigate],
  )
  return { search, filter, set }
}
