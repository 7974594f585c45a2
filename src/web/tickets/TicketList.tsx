import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Ticket } from '../../serve/api/shapes/ticket.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { VirtualList } from '../parts/VirtualList.tsx'
import { TicketRow } from './TicketRow.tsx'
import type { useTicketWalk } from './walk.ts'

const rowHeight = 57

/** Tickets page by page, in whichever state their list is; `none` stands there when there are none. */
export function TicketList<T extends Ticket>({
  label,
  list,
  items,
  walk: { at, openId, open },
  projectOf,
  none,
}: {
  label: string
  list: UseInfiniteQueryResult
  items: T[]
  walk: Pick<ReturnType<typeof useTicketWalk<T>>, 'at' | 'openId' | 'open'>
  /** The project of a ticket, where several stand in one list. */
  projectOf?: (ticket: T) => { id: number; name: string }
  none: ReactNode
}) {
  if (items.length === 0) {
    if (list.isPending) return <Loading rows={8} height={44} />
    return list.isError ? <Failed error={list.error} retry={list.refetch} /> : none
  }
  return (
    <VirtualList
      items={items}
      keyOf={({ id }) => id}
      height={rowHeight}
      label={label}
      current={at < 0 ? null : at}
      onEnd={() => void (list.hasNextPage && !list.isFetchingNextPage && list.fetchNextPage())}
      footer={list.isFetchNextPageError ? <Failed error={list.error} retry={list.fetchNextPage} /> : undefined}
    >
      {(ticket, index) => (
        <TicketRow
          ticket={ticket}
          {...(projectOf === undefined ? {} : { of: projectOf(ticket) })}
          current={index === at}
          open={ticket.id === openId}
          onOpen={open}
        />
      )}
    </VirtualList>
  )
}
