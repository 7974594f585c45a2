import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShiftPage } from '../../serve/api/shapes/ticket.ts'
import { useProject } from '../api/queries.ts'
import { useKeys } from '../parts/keys.ts'
import { useNarrow } from '../parts/narrow.ts'
import { Page } from '../parts/Page.tsx'
import { Segments } from '../parts/Segments.tsx'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { VirtualList } from '../parts/VirtualList.tsx'
import { ticketQuery } from '../tickets/queries.ts'
import { TicketDetailPane } from '../tickets/TicketDetailPane.tsx'
import { TicketRow } from '../tickets/TicketRow.tsx'
import styles from '../tickets/Tickets.module.css'
import { useTicketWork } from '../tickets/TicketWork.tsx'
import { shiftQuery } from './queries.ts'

type Waiting = ShiftPage['items'][number]

const rowHeight = 57
const owners = ['all', 'me', 'none'] as const

/** Open tickets of all projects one works in as one queue: what hurts next stands first. */
export function QueueScreen() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const search = useSearch({ strict: false })
  const opened = useParams({ strict: false }).ticket
  const openId = opened === undefined ? null : Number(opened)
  const [current, setCurrent] = useState<number | null>(openId)
  const owner = owners.find((known) => known === search.assignee) ?? 'all'
  const queue = useInfiniteQuery(shiftQuery(owner === 'all' ? undefined : owner))
  const items = useMemo(() => queue.data?.pages.flatMap((page) => page.items) ?? [], [queue.data])
  const late = queue.data?.pages.at(-1)?.late ?? 0
  const at = items.findIndex(({ id }) => id === (openId ?? current))
  const target = items[at]

  const open = useCallback(
    ({ id, project }: Waiting) => {
      setCurrent(id)
      void navigate({
        to: '/queue/$project/$ticket',
        params: { project: String(project.id), ticket: String(id) },
        search: true,
        replace: !narrow && openId !== null,
      })
    },
    [navigate, narrow, openId],
  )
  const close = () => void navigate({ to: '/queue', search: true })
  const move = (step: number) => {
    const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step))]
    if (next === undefined) return
    if (openId === null) setCurrent(next.id)
    else open(next)
    const after = items[at + step * 2]
    if (after !== undefined) void client.prefetchQuery(ticketQuery(after.project.id, after.id))
  }
  useKeys(t('tickets.shift'), [
    { keys: 'j', also: 'ArrowDown', does: t('tickets.next'), run: () => move(1) },
    { keys: 'k', also: 'ArrowUp', does: t('tickets.previous'), run: () => move(-1) },
    {
      keys: 'Enter',
      does: t('tickets.open'),
      off: target === undefined,
      run: () => target !== undefined && open(target),
    },
    { keys: 'Escape', does: t('tickets.closeDetail'), off: openId === null, run: close },
  ])

  return (
    <Page
      title={t('tickets.shift')}
      scroll={false}
      bar={
        !(narrow && openId !== null) && (
          <div className={styles.bar}>
            <span className={styles.late} data-any={late > 0 || undefined}>
              {late > 0 && t('tickets.shiftLate', { count: late })}
            </span>
            <div className={styles.owners}>
              <Segments
                label={t('tickets.assignee')}
                options={owners.map((value) => ({ value, label: t(`tickets.owner_${value}`) }))}
                chosen={owner}
                onChoose={(name) =>
                  void navigate({
                    to: '.',
                    search: (before: object) => ({ ...before, assignee: name === 'all' ? undefined : name }),
                  })
                }
                wide
              />
            </div>
          </div>
        )
      }
    >
      <div className={styles.screen} data-reading={openId !== null || undefined}>
        <div className={styles.list} inert={narrow && openId !== null}>
          {items.length > 0 ? (
            <VirtualList
              items={items}
              keyOf={({ id }) => id}
              height={rowHeight}
              label={t('tickets.shift')}
              current={at < 0 ? null : at}
              onEnd={() => void (queue.hasNextPage && !queue.isFetchingNextPage && queue.fetchNextPage())}
              footer={
                queue.isFetchNextPageError ? <Failed error={queue.error} retry={queue.fetchNextPage} /> : undefined
              }
            >
              {(ticket, index) => (
                <TicketRow
                  ticket={ticket}
                  of={ticket.project.name}
                  current={index === at}
                  open={ticket.id === openId}
                  onOpen={() => open(ticket)}
                />
              )}
            </VirtualList>
          ) : queue.isPending ? (
            <Loading rows={8} height={44} />
          ) : queue.isError ? (
            <Failed error={queue.error} retry={queue.refetch} />
          ) : (
            <Empty says={t(owner === 'me' ? 'tickets.shiftMine' : 'tickets.shiftEmpty')}>
              {t('tickets.shiftEmptyWords')}
            </Empty>
          )}
        </div>
        {openId === null ? (
          <div className={styles.nothing}>
            {items.length > 0 && <Empty says={t('tickets.nothingOpen')}>{t('tickets.shiftHelp')}</Empty>}
          </div>
        ) : (
          <OpenTicket key={openId} id={openId} onClose={close} />
        )}
      </div>
    </Page>
  )
}

/** In the project that the address names, with everything that can be done there. */
function OpenTicket({ id, onClose }: { id: number; onClose: () => void }) {
  const project = useProject()
  const ticket = useQuery(ticketQuery(project.id, id)).data?.ticket
  const work = useTicketWork({ target: ticket, openId: id, open: () => {}, tags: ticket?.tags ?? [] })
  return (
    <>
      <TicketDetailPane
        id={id}
        asked={work.asked}
        onReached={work.onReached}
        onChoose={work.onChoose}
        onClose={onClose}
      />
      {work.sheet}
    </>
  )
}
