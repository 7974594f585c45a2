import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import type { ShiftPage } from '../../serve/api/shapes/ticket.ts'
import { get } from '../api/client.ts'

/** Undefined: everybody's. */
export function shiftQuery(assignee: 'me' | 'none' | undefined) {
  return infiniteQueryOptions({
    queryKey: ['queue', assignee ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      get<ShiftPage>('/queue', {
        search: { assignee, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}
