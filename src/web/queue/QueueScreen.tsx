import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShiftPage } from '../../serve/api/shapes/ticket.ts'
import { ProjectOfRow, useProject } from '../api/queries.ts'
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
  const opened = useParams({ strict: false }).project
  const inSight = opened === undefined ? (items[walk.at] ?? items[0])?.project.id : Number(opened)
  const tags = useMemo(
    () => [...new Set(items.flatMap(({ project, tags: its }) => (project.id === inSight ? its : [])))],
    [items, inSight],
  )

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
        {walk.openId === null && (
          <div className={styles.nothing}>
            {items.length > 0 && <Empty says={t('tickets.nothingOpen')}>{t('tickets.shiftHelp')}</Empty>}
          </div>
        )}
        {inSight !== undefined && (
          <ProjectOfRow value={inSight}>
            <Work target={items[walk.at]} openId={walk.openId} open={walk.open} tags={tags} onClose={leave} />
          </ProjectOfRow>
        )}
      </div>
    </Page>
  )
}

/** What is done to the ticket that is open, or else to the row one stands on, in the project it is of. */
function Work({
  target,
  openId,
  open,
  tags,
  onClose,
}: {
  target: Waiting | undefined
  openId: number | null
  open: (ticket: Waiting) => void
  tags: readonly string[]
  onClose: () => void
}) {
  const project = useProject()
  const opened = useQuery({ ...ticketQuery(project.id, openId ?? 0), enabled: openId !== null }).data?.ticket
  const { sheet, ...asking } = useTicketWork({
    target: openId === null ? target : opened,
    openId,
    open: () => target !== undefined && open(target),
    tags,
  })
  return (
    <>
      {openId !== null && <TicketDetailPane key={openId} id={openId} {...asking} onClose={onClose} />}
      {sheet}
    </>
  )
}
