import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ServiceBoard } from '../../serve/api/shapes/service.ts'
import { Formula } from '../overview/Formula.tsx'
import { Unknown } from '../parts/figures.tsx'
import { useFilter } from '../parts/filter.ts'
import { useFormat } from '../parts/format.ts'
import { Page } from '../parts/Page.tsx'
import { PeriodChip } from '../parts/PeriodChip.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import { costWords } from './HoursPart.tsx'
import { boardQuery } from './queries.ts'
import styles from './Service.module.css'
import { minuteMs, useLength } from './words.ts'

/** The service of all projects side by side, for whoever answers for several clients. */
export function ServiceBoardScreen() {
  const { t, i18n } = useTranslation()
  const { filter } = useFilter()
  const board = useQuery(boardQuery({ from: filter.from, to: filter.to }, i18n.language))
  return (
    <Page
      title={t('service.board')}
      bar={
        <div className={styles.filters}>
          <PeriodChip />
        </div>
      }
    >
      <div className={styles.screen} data-late={board.isPlaceholderData || undefined}>
        <Answer of={board} rows={6}>
          {(data) =>
            data.items.length === 0 ? (
              <Empty says={t('service.noProjects')}>{t('service.noProjectsWords')}</Empty>
            ) : (
              <Board board={data} />
            )
          }
        </Answer>
      </div>
    </Page>
  )
}

function Board({ board: { items, measures } }: { board: ServiceBoard }) {
  const { t } = useTranslation()
  return (
    <div className={styles.wide}>
      <table className={styles.table} data-board>
        <thead>
          <tr>
            <th scope="col">{t('service.project')}</th>
            <Head name={t('service.tickets')} formula={measures.tickets} />
            <Head name={t('service.answered')} formula={measures.answered} />
            <Head name={t('service.firstResponse')} formula={measures.firstResponse} />
            <Head name={t('service.solution')} formula={measures.solution} />
            <Head name={t('service.satisfied')} formula={measures.satisfied} />
            <Head name={t('service.breaches')} formula={measures.breaches} />
            <Head name={t('service.recorded')} formula={measures.hours} />
            <Head name={t('service.cost')} formula={measures.hours} />
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.project.id} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Head({ name, formula }: { name: string; formula: string | undefined }) {
  return (
    <th scope="col">
      {name} <Formula of={formula} />
    </th>
  )
}

function Row({
  item: { project, figures: now, figuresBefore: before, hours },
}: {
  item: ServiceBoard['items'][number]
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const length = useLength()
  const { search } = useFilter()
  const percent = (value: number | null) => (value === null ? null : f.percent(value))
  const spoken = (ms: number | null) => (ms === null ? null : length(ms))
  const cells: [string | null, string | null | undefined][] = [
    [f.number(now.counts.all ?? 0), f.number(before.counts.all ?? 0)],
    [percent(now.shareAnswered), percent(before.shareAnswered)],
    [spoken(now.first.median), spoken(before.first.median)],
    [spoken(now.solution.median), spoken(before.solution.median)],
    [percent(now.satisfied?.estimate ?? null), percent(before.satisfied?.estimate ?? null)],
    [f.number(now.counts.breached ?? 0), f.number(before.counts.breached ?? 0)],
    [hours.minutes === 0 ? null : length(hours.minutes * minuteMs), undefined],
    [costWords(f, hours), undefined],
  ]
  const { period, from, to } = search
  return (
    <tr>
      <th scope="row">
        <Link
          dir="auto"
          to="/projects/$project/service"
          params={{ project: String(project.id) }}
          search={{
            ...(period === undefined ? {} : { period }),
            ...(from === undefined ? {} : { from }),
            ...(to === undefined ? {} : { to }),
          }}
        >
          {project.name}
        </Link>
      </th>
      {cells.map(([value, earlier], index) => (
        <td key={index}>
          {value === null ? <Unknown why={t('service.noneYet')} /> : value}
          {earlier !== undefined && earlier !== null && (
            <span className={styles.quiet}>{t('service.against', { shown: earlier })}</span>
          )}
        </td>
      ))}
    </tr>
  )
}
