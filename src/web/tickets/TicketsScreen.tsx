import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../serve/api/shapes/ticket.ts'
import { useMe, useProject } from '../api/queries.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { Page } from '../parts/Page.tsx'
import { Empty } from '../parts/states.tsx'
import { ForecastLine } from './Forecast.tsx'
import { Owners } from './Owners.tsx'
import { type TicketFilter, ticketQuery, ticketStatuses, ticketsQuery } from './queries.ts'
import { TicketDetailPane } from './TicketDetailPane.tsx'
import { TicketList } from './TicketList.tsx'
import { useTicketWork } from './TicketWork.tsx'
import styles from './Tickets.module.css'
import { useTicketWalk } from './walk.ts'

const tabs = [...ticketStatuses, 'all'] as const

export function TicketsScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const { member } = useMe()
  const navigate = useNavigate()
  const search = useSearch({ strict: false })

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
  const tags = useMemo(() => [...new Set(items.flatMap((ticket) => ticket.tags))], [items])

  const go = useCallback(
    ({ id }: Ticket, { replace }: { replace: boolean }) =>
      void navigate({
        to: '/projects/$project/tickets/$ticket',
        params: { project: String(project.id), ticket: String(id) },
        search: true,
        replace,
      }),
    [navigate, project.id],
  )
  const leave = () =>
    void navigate({ to: '/projects/$project/tickets', params: { project: String(project.id) }, search: true })
  const walk = useTicketWalk({ items, projectOf: () => project.id, go, leave })
  const { openId } = walk
  const openTicket = useQuery({ ...ticketQuery(project.id, openId ?? 0), enabled: openId !== null }).data?.ticket
  const { sheet, ...asking } = useTicketWork({ target: openTicket ?? items[walk.at], openId, open: walk.open, tags })
  useKeys(t('tickets.keys'), walk.keys)

  return (
    <Page
      title={t('sections.tickets')}
      scroll={false}
      covered={walk.covered}
      bar={
        !walk.covered && (
          <>
            <Bar tab={tab} owner={owner} me={member.id} counts={counts} />
            <ForecastLine />
          </>
        )
      }
    >
      <div className={styles.screen} data-reading={openId !== null || undefined}>
        <div className={styles.list} inert={walk.covered}>
          <TicketList
            label={t('sections.tickets')}
            list={tickets}
            items={items}
            walk={walk}
            none={
              <NoTickets
                tab={tab}
                isFiltered={owner !== 'all'}
                total={counts === undefined ? 0 : counts.open + counts.pending + counts.solved + counts.closed}
              />
            }
          />
        </div>
        {openId === null ? (
          <div className={styles.nothing}>
            {items.length > 0 && <Empty says={t('tickets.nothingOpen')}>{t('tickets.nothingOpenWords')}</Empty>}
          </div>
        ) : (
          <TicketDetailPane key={openId} id={openId} {...asking} onClose={leave} />
        )}
      </div>
      {sheet}
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
      <Owners chosen={isMe} onChoose={(assignee) => set({ assignee })} />
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
