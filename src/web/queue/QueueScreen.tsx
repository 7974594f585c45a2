import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShiftPage } from '../../serve/api/shapes/ticket.ts'
import { useProject } from '../api/queries.ts'
import { useKeys } from '../parts/keys.ts'
import { Page } from '../parts/Page.tsx'
import { Empty } from '../parts/states.tsx'
import { Owners, owners } from '../tickets/Owners.tsx'
import { ticketQuery } from '../tickets/queries.ts'
import { TicketDetailPane } from '../tickets/TicketDetailPane.tsx'
import { TicketList } from '../tickets/TicketList.tsx'
import styles from '../tickets/Tickets.module.css'
import { useTicketWork } from '../tickets/TicketWork.tsx'
import { useTicketWalk } from '../tickets/walk.ts'
import { shiftQuery } from './queries.ts'
import { Shift } from './Shift.tsx'

type Waiting = ShiftPage['items'][number]

/** Open tickets of all projects one works in as one queue: what hurts next stands first. */
export function QueueScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ strict: false })
  const owner = owners.find((known) => known === search.assignee) ?? 'all'
  const queue = useInfiniteQuery(shiftQuery(owner === 'all' ? undefined : owner))
  const items = useMemo(() => queue.data?.pages.flatMap((page) => page.items) ?? [], [queue.data])
  const late = queue.data?.pages.at(-1)?.late ?? 0

  const go = useCallback(
    ({ id, project }: Waiting, { replace }: { replace: boolean }) =>
      void navigate({
        to: '/queue/$project/$ticket',
        params: { project: String(project.id), ticket: String(id) },
        search: true,
        replace,
      }),
    [navigate],
  )
  const leave = () => void navigate({ to: '/queue', search: true })
  const walk = useTicketWalk({ items, projectOf: ({ project }) => project.id, go, leave })
  useKeys(t('tickets.shift'), walk.keys)

  return (
    <Page
      title={t('tickets.shift')}
      scroll={false}
      covered={walk.covered}
      bar={
        !walk.covered && (
          <div className={styles.bar}>
            <Shift />
            <span className={styles.late} data-any={late > 0 || undefined}>
              {late > 0 && t('tickets.shiftLate', { count: late })}
            </span>
            <Owners
              chosen={owner}
              onChoose={(assignee) => void navigate({ to: '.', search: (before: object) => ({ ...before, assignee }) })}
            />
          </div>
        )
      }
    >
      <div className={styles.screen} data-reading={walk.openId !== null || undefined}>
        <div className={styles.list} inert={walk.covered}>
          <TicketList
            label={t('tickets.shift')}
            list={queue}
            items={items}
            walk={walk}
            projectOf={({ project }) => project}
            none={
              <Empty says={t(owner === 'me' ? 'tickets.shiftMine' : 'tickets.shiftEmpty')}>
                {t('tickets.shiftEmptyWords')}
              </Empty>
            }
          />
        </div>
        {walk.openId === null ? (
          <div className={styles.nothing}>
            {items.length > 0 && <Empty says={t('tickets.nothingOpen')}>{t('tickets.shiftHelp')}</Empty>}
          </div>
        ) : (
          <OpenTicket key={walk.openId} id={walk.openId} onClose={leave} />
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
