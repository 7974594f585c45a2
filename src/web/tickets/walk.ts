import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import type { Ticket } from '../../serve/api/shapes/ticket.ts'
import type { Key } from '../parts/keys.ts'
import { useNarrow } from '../parts/narrow.ts'
import { ticketQuery } from './queries.ts'
import { useShowing } from '../inbox/showing.ts'

type Walk<T> = {
  items: T[]
  projectOf: (ticket: T) => number
  /** Goes to the address of a ticket; both stay the same functions from one drawing to the next. */
  go: (ticket: T, how: { replace: boolean }) => void
  leave: () => void
}

/**
 * Through a list of tickets by keys, with one of them open beside it. `at` is the place in the list of the one that is open,
 * or else of the one that was looked at last; -1 while there is none. `covered` says that it lies over the list.
 */
export function useTicketWalk<T extends Ticket>({ items, projectOf, go, leave }: Walk<T>) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const narrow = useNarrow()
  const opened = useParams({ strict: false }).ticket
  const openId = opened === undefined ? null : Number(opened)
  const [current, setCurrent] = useState<number | null>(openId)
  const at = items.findIndex(({ id }) => id === (openId ?? current))
  const target = items[at]

  const replace = !narrow && openId !== null
  const open = useCallback(
    (ticket: T) => {
      setCurrent(ticket.id)
      go(ticket, { replace })
    },
    [go, replace],
  )
  const move = (step: number) => {
    const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step))]
    if (next === undefined) return
    if (openId === null) setCurrent(next.id)
    else open(next)
    const after = items[at + step * 2]
    if (after !== undefined) void client.prefetchQuery(ticketQuery(projectOf(after), after.id))
  }
  const detail = target && client.getQueryData(ticketQuery(projectOf(target), target.id).queryKey)
  const mentions = detail?.mentions ?? []
  const toxic = target === undefined ? [] : toxicOf(target, mentions)
  const showing = useShowing({ toxic, mentions, project: target && projectOf(target) })
  const keys: Key[] = [
    { keys: 'j', also: 'ArrowDown', does: t('tickets.next'), run: () => move(1) },
    { keys: 'k', also: 'ArrowUp', does: t('tickets.previous'), run: () => move(-1) },
    { keys: 'Enter', does: t('tickets.open'), off: target === undefined, run: () => target && open(target) },
    {
      keys: 'U',
      does: t('understood.uncoverKey'),
      ...showing,
    },
    { keys: 'Escape', does: t('tickets.closeDetail'), off: openId === null, run: leave },
  ]
  return { openId, at, open, keys, covered: narrow && openId !== null }
}

/** The toxic mentions behind what is read of a ticket: its title, and those of it that are there. */
function toxicOf({ titleOf }: Ticket, mentions: Mention[]): string[] {
  const found = mentions.filter(({ toxic }) => toxic === true).map(({ id }) => id)
  return [...new Set([...(titleOf === null ? [] : [titleOf]), ...found])]
}
