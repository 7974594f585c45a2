/**
 * The filters of every list and chart, kept in the address bar and shared by stream and overview.
 *   validateSearch: readFilterSearch         in the route (compose with a screen's own names)
 *   const { search, filter, set, count } = useFilter()
 *     search   what stands in the address: lists with commas, `period` for a moving period
 *     filter   MentionFilter for the API: the period turned into `from`
 *     set({ media: 'news,blog', tag: undefined })      changes the address, keeps the rest
 *     count    how many filters are on, the period not counted
 *   listOf(search.topic) → ['1', '2']        toggled(search.topic, '3') → '1,2,3'
 *   inList('Money, plainly')                 a value with a comma as it stands in a list
 */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { MentionFilter } from '../../serve/api/shapes/mention.ts'
import { useNow } from './now.ts'

export const periods = ['24h', '7d', '28d', '90d', '365d'] as const
export type MovingPeriod = (typeof periods)[number]

/** The filters that are lists of values with counts. */
export const facetNames = [
  'topic',
  'media',
  'platform',
  'lang',
  'tag',
  'status',
  'sentiment',
  'stage',
  'emotion',
  'sign',
  'category',
  'kind',
  'source',
] as const
export type FacetName = (typeof facetNames)[number]

export type FilterSearch = MentionFilter & { period?: MovingPeriod }

/** Filters that a link sets and a person takes away, each with a chip of its own. */
export const linkedNames = ['author', 'cluster', 'sourceId'] as const

const plainNames = ['q', 'from', 'to', 'without', ...linkedNames, ...facetNames] as const

export const marks = ['unread', 'important', 'judged', 'unsure'] as const satisfies readonly MentionFilter['mark'][]

/** Everything off, for a button that clears. */
export const noFilters: Partial<FilterSearch> = Object.fromEntries(
  ['period', 'mark', ...plainNames].map((name) => [name, undefined]),
)

export function readFilterSearch(raw: Record<string, unknown>): FilterSearch {
  const search: FilterSearch = {}
  for (const name of plainNames) {
    const value = raw[name]
    if (typeof value === 'string' && value !== '') search[name] = value
  }
  const period = periods.find((known) => known === raw.period)
  if (period !== undefined) search.period = period
  const mark = marks.find((known) => known === raw.mark)
  if (mark !== undefined) search.mark = mark
  return search
}

export function useFilter() {
  const raw = useSearch({ strict: false })
  const navigate = useNavigate()
  const search = useMemo(() => readFilterSearch(raw), [raw])
  // To the whole hour, so that a list does not start anew with every second.
  const hour = Math.floor(useNow() / 3_600_000)
  const filter = useMemo(() => resolve(search, hour * 3_600_000), [search, hour])
  const set = useCallback(
    (change: Partial<FilterSearch>) =>
      void navigate({ to: '.', search: (before: object) => withoutEmpty({ ...before, open: undefined, ...change }) }),
    [navigate],
  )
  const { period: _period, from: _from, to: _to, ...others } = search
  return { search, filter, set, count: Object.keys(others).length }
}

export function listOf(value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : value.split(',').map(decoded)
}

/** A comma inside a value is not one between two. */
export function inList(value: string): string {
  return value.replaceAll('%', '%25').replaceAll(',', '%2C')
}

export function toggled(value: string | undefined, one: string): string | undefined {
  const list = listOf(value)
  const next = list.includes(one) ? list.filter((item) => item !== one) : [...list, one]
  return next.length === 0 ? undefined : next.map(inList).join(',')
}

/** Somebody may have written a bare % into the address. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

export function resolve(search: FilterSearch, now: number): MentionFilter {
  const { period, ...filter } = search
  return period === undefined
    ? filter
    : { ...filter, from: new Date(now - hoursOf(period) * 3_600_000).toISOString(), to: undefined }
}

export function hoursOf(period: MovingPeriod): number {
  return period === '24h' ? 24 : Number.parseInt(period, 10) * 24
}

function withoutEmpty(search: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''))
}
