import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import { useProject } from '../api/queries.ts'
import { type FilterSearch, useFilter } from '../parts/filter.ts'
import type { Order } from '../inbox/address.ts'

export type MentionsSearch = FilterSearch & { order?: Order }

/** The stream with the filters of this view and one more: what stands behind a figure. */
export function MentionsLink({
  change = {},
  className,
  title,
  children,
}: {
  change?: MentionsSearch
  className?: string | undefined
  title?: string
  children: ReactNode
}) {
  const project = useProject()
  const { search } = useFilter()
  return (
    <Link
      to="/projects/$project/inbox"
      params={{ project: String(project.id) }}
      search={narrowed(search, change)}
      className={className}
      title={title}
      preload={false}
    >
      {children}
    </Link>
  )
}

export function useOpenMentions(): (change: MentionsSearch) => void {
  const project = useProject()
  const { search } = useFilter()
  const navigate = useNavigate()
  return useCallback(
    (change: MentionsSearch) =>
      void navigate({
        to: '/projects/$project/inbox',
        params: { project: String(project.id) },
        search: narrowed(search, change),
      }),
    [navigate, project.id, search],
  )
}

/** A moment takes the place of the moving period. */
function narrowed(search: FilterSearch, change: MentionsSearch): MentionsSearch {
  return change.from === undefined ? { ...search, ...change } : { ...search, period: undefined, ...change }
}
