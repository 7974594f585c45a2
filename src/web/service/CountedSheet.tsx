import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ServiceTickets } from '../../serve/api/shapes/service.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Failed, Loading } from '../parts/states.tsx'
import { StatusMark } from '../tickets/StatusMark.tsx'
import { TicketTitle } from '../tickets/TicketTitle.tsx'
import { useServiceSearch } from './address.ts'
import { countedQuery } from './queries.ts'
import styles from './Service.module.css'
import { isPart, minuteMs, partName, resultName, useLength } from './words.ts'

/** The tickets behind the figure that the address names. */
export function CountedSheet() {
  const { t } = useTranslation()
  const { search, set } = useServiceSearch()
  const part = isPart(search.part) ? search.part : undefined
  return (
    <Sheet
      open={part !== undefined}
      title={part === undefined ? '' : t('service.list', { part: partName(t, part) })}
      onClose={() => set({ part: undefined })}
    >
      {part !== undefined && <Counted part={part} />}
    </Sheet>
  )
}

function Counted({ part }: { part: string }) {
  const { t } = useTranslation()
  const project = useProject()
  const { filter } = useServiceSearch()
  const counted = useInfiniteQuery(countedQuery(project.id, filter, part))
  if (counted.data === undefined)
    return counted.isError ? <Failed error={counted.error} retry={counted.refetch} /> : <Loading rows={6} />
  const items = counted.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className={styles.quiet}>{t('service.listNone')}</p>
  return (
    <>
      <ul className={styles.counted}>
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
      {counted.hasNextPage && (
        <Button loading={counted.isFetchingNextPage} onClick={() => void counted.fetchNextPage()}>
          {t('service.more')}
        </Button>
      )}
    </>
  )
}

function Row({ item }: { item: ServiceTickets['items'][number] }) {
  const { t } = useTranslation()
  const length = useLength()
  const project = useProject()
  const isWork = useServiceSearch().search.hours === 'work'
  const first = isWork ? item.firstWorkMs : item.firstMs
  const solution = isWork ? item.solutionWorkMs : item.solutionMs
  const facts = [
    first === null ? null : t('service.rowFirst', { time: length(first) }),
    solution === null ? null : t('service.rowSolved', { time: length(solution) }),
    item.breaches === 0 ? null : t('service.rowBreaches', { count: item.breaches }),
    item.outcome === null ? null : resultName(t, item.outcome),
    item.minutes === null ? null : t('service.rowMinutes', { time: length(item.minutes * minuteMs) }),
  ].filter((fact) => fact !== null)
  return (
    <li>
      <Link
        to="/projects/$project/tickets/$ticket"
        params={{ project: String(project.id), ticket: String(item.id) }}
        className={styles.row}
      >
        <span className={styles.rowTitle}>
          <StatusMark status={item.status} /> <TicketTitle ticket={item} />
        </span>
        <span className={styles.quiet}>
          #{item.id} · <When at={item.openedAt} />
          {item.assignee !== null && (
            <>
              {' '}
              · <bdi>{item.assignee}</bdi>
            </>
          )}
        </span>
        {facts.length > 0 && <span className={styles.quiet}>{facts.join(' · ')}</span>}
      </Link>
    </li>
  )
}
