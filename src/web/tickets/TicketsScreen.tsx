import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../serve/api/shapes/ticket.ts'
import { useMe, useProject } from '../api/queries.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { useNarrow } from '../parts/narrow.ts'
import { Page } from '../parts/Page.tsx'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { VirtualList } from '../parts/VirtualList.tsx'
import { ForecastLine } from './Forecast.tsx'
import { type TicketFilter, ticketQuery, ticketStatuses, ticketsQuery } from './queries.ts'
import { TicketDetailPane } from './TicketDetailPane.tsx'
import { TicketRow } from './TicketRow.tsx'
import { useTicketWork } from './TicketWork.tsx'
import { Segments } from '../parts/Segments.tsx'
import styles from './Tickets.module.css'

const rowHeight = 57
const tabs = [...ticketStatuses, 'all'] as const
const owners = ['all', 'me', 'none'] as const

export function TicketsScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const { member } = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const search = useSearch({ strict: false })
  const opened = useParams({ strict: false }).ticket
  const openId = opened === undefined ? null : Number(opened)
  const [current, setCurrent] = useState<number | null>(openId)

  const tab = tabs.find((known) => known === search.status) ?? 'open'
  const owner = search.assignee ?? 'all'
  const filter: TicketFilter = {
    status: tab === 'all' ? undefined : tab,
    assignee: owner === 'all' ? undefined : owner,
  }
  const tickets = useInfiniteQuery(ticketsQuery(project.id, filter))
  const items = useMemo(() => tickets.data?.pages.flatMap((page) => page.items) ?? [], [tickets.data])
  // The newest page knows the newest counts.
  const counts = tickets.data?.pages.at(-1)?.counts
  const at = items.findIndex(({ id }) => id === (openId ?? current))
  const openTicket = useQuery({ ...ticketQuery(project.id, openId ?? 0), enabled: openId !== null }).data?.ticket
  const target = openTicket ?? items[at]
  const tags = useMemo(() => [...new Set(items.flatMap((ticket) => ticket.tags))], [items])

  const open = useCallback(
    ({ id }: Pick<Ticket, 'id'>) => {
      setCurrent(id)
      void navigate({
        to: '/projects/$project/tickets/$ticket',
        params: { project: String(project.id), ticket: String(id) },
        search: true,
        replace: !narrow && openId !== null,
      })
    },
    [navigate, project.id, narrow, openId],
  )
  const close = () =>
    void navigate({ to: '/projects/$project/tickets', params: { project: String(project.id) }, search: true })
  const move = (step: number) => {
    const next = items[at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step))]
    if (next === undefined) return
    if (openId === null) setCurrent(next.id)
    else open(next)
    const after = items[at + step * 2]
    if (after !== undefined) void client.prefetchQuery(ticketQuery(project.id, after.id))
  }

  const work = useTicketWork({ target, openId, open, tags })

  useKeys(t('tickets.keys'), [
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
      title={t('sections.tickets')}
      scroll={false}
      bar={
        !(narrow && openId !== null) && (
          <>
            <Bar tab={tab} owner={owner} me={member.id} counts={counts} />
            <ForecastLine />
          </>
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
              label={t('sections.tickets')}
              current={at < 0 ? null : at}
              onEnd={() => void (tickets.hasNextPage && !tickets.isFetchingNextPage && tickets.fetchNextPage())}
              footer={
                tickets.isFetchNextPageError ? (
                  <Failed error={tickets.error} retry={tickets.fetchNextPage} />
                ) : undefined
              }
            >
              {(ticket, index) => (
                <TicketRow ticket={ticket} current={index === at} open={ticket.id === openId} onOpen={open} />
              )}
            </VirtualList>
          ) : tickets.isPending ? (
            <Loading rows={8} height={44} />
          ) : tickets.isError ? (
            <Failed error={tickets.error} retry={tickets.refetch} />
          ) : (
            <NoTickets
              tab={tab}
              isFiltered={owner !== 'all'}
              total={counts === undefined ? 0 : counts.open + counts.pending + counts.solved + counts.closed}
            />
          )}
        </div>
        {openId === null ? (
          <div className={styles.nothing}>
            {items.length > 0 && <Empty says={t('tickets.nothingOpen')}>{t('tickets.nothingOpenWords')}</Empty>}
          </div>
        ) : (
          <TicketDetailPane
            key={openId}
            id={openId}
            asked={work.asked}
            onReached={work.onReached}
            onChoose={work.onChoose}
            onClose={close}
          />
        )}
      </div>
      {work.sheet}
    </Page>
  )
}

function Bar({
  tab,
  owner,
  me,
  counts,
}: {
  tab: (typeof tabs)[number]
  owner: string
  me: string
  counts: Record<(typeof ticketStatuses)[number], number> | undefined
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const navigate = useNavigate()
  const set = (change: { status?: string | undefined; assignee?: string | undefined }) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...change }) })
  // An address may name any member; those beside the three are shown as chosen by nobody.
  const isMe = owner === me ? 'me' : owner
  return (
    <div className={styles.bar}>
      <div className={styles.tabs} role="group" aria-label={t('tickets.status')}>
        {tabs.map((name) => (
          <button
            key={name}
            type="button"

            aria-pressed={tab === name}
            className={styles.tab}
            onClick={() => set({ status: name === 'open' ? undefined : name })}
          >
            {name === 'all' ? t('tickets.all') : t(`tickets.tab_${name}`)}
            {name !== 'all' && counts !== undefined && <span className={styles.count}>{f.short(counts[name])}</span>}
          </button>
        ))}
      </div>
      <div className={styles.owners}>
        <Segments
          label={t('tickets.assignee')}
          options={owners.map((value) => ({ value, label: t(`tickets.owner_${value}`) }))}
          chosen={isMe}
          onChoose={(name) => set({ assignee: name === 'all' ? undefined : name })}
          wide
        />
      </div>
    </div>
  )
}

function NoTickets({ tab, isFiltered, total }: { tab: string; isFiltered: boolean; total: number }) {
  const { t } = useTranslation()
  const project = useProject()
  const params = { project: String(project.id) }
  if (total > 0 || isFiltered) {
    return (
      <Empty
        says={tab === 'open' && !isFiltered ? t('tickets.noneOpen') : t('tickets.noneHere')}
        next={
          <ButtonLink to="/projects/$project/tickets" params={params} search={{ status: 'all' }}>
            {t('tickets.showAll')}
          </ButtonLink>
        }
      >
        {t('tickets.noneHereWords')}
      </Empty>
    )
  }
  return (
    <Empty
      says={t('tickets.none')}
      next={
        <ButtonLink variant="filled" to="/projects/$project/inbox" params={params}>
          {t('tickets.toInbox')}
        </ButtonLink>
      }
    >
      {t('tickets.noneWords')}
    </Empty>
  )
}
