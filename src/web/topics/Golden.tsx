import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueryTrial } from '../../serve/api/shapes/trial.ts'
import { useFormat } from '../parts/format.ts'
import { Empty } from '../parts/states.tsx'
import styles from './Golden.module.css'
import { interval, round } from './Figures.tsx'
import { MarkList } from './MarkList.tsx'
import type { Marks } from './marks.ts'
import bars from './Results.module.css'

type Cell = { wanted: boolean; found: boolean }

/** The golden set against the query: what it finds and misses of the wanted, what it lets in and keeps out. */
export function Golden({ trial, marks, query }: { trial: QueryTrial; marks: Marks; query: string }) {
  const { t } = useTranslation()
  const f = useFormat()
  const [cell, setCell] = useState<Cell | null>(null)
  const { quality } = trial
  if (quality === null || marks.list.length === 0) {
    return <Empty says={t('topics.marksNone')}>{t('topics.marksNoneWords')}</Empty>
  }
  const placesOf = new Map(trial.marks.map(({ mention, places }) => [mention, places]))
  const shown = marks.list.filter(
    ({ mention, wanted }) =>
      cell === null || (wanted === cell.wanted && (placesOf.get(mention.id) != null) === cell.found),
  )
  const forgotten = shown.filter(({ isThere }) => !isThere).length
  const button = (one: Cell, count: number) => (
    <td data-good={one.wanted === one.found}>
      <button
        type="button"
        aria-pressed={cell !== null && cell.wanted === one.wanted && cell.found === one.found}
        onClick={() => setCell((now) => (now?.wanted === one.wanted && now.found === one.found ? null : one))}
      >
        {f.number(count)}
      </button>
    </td>
  )
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('topics.tab_marks')}</span>
            </th>
            <th scope="col">{t('topics.finds')}</th>
            <th scope="col">{t('topics.findsNot')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('topics.wantedMany')}</th>
            {button({ wanted: true, found: true }, quality.wantedFound)}
            {button({ wanted: true, found: false }, quality.wantedMissed)}
          </tr>
          <tr>
            <th scope="row">{t('topics.unwantedMany')}</th>
            {button({ wanted: false, found: true }, quality.unwantedFound)}
            {button({ wanted: false, found: false }, quality.unwantedLeft)}
          </tr>
        </tbody>
      </table>
      <div className={styles.words}>
        {(['precision', 'recall'] as const).map((of) => {
          const value = quality[of]
          const count = quality.wantedFound + (of === 'precision' ? quality.unwantedFound : quality.wantedMissed)
          return (
            <p key={of}>
              {value === null
                ? t(`topics.${of}None`)
                : t(`topics.${of}Words`, {
                    count,
                    share: f.percent(round(value.estimate)),
                    interval: interval(value, f.percent),
                  })}{' '}
              {value !== null && count < trial.fewMarks && t('topics.fewMarksWords', { count: trial.fewMarks - count })}
            </p>
          )
        })}
      </div>
      {cell !== null && (
        <div className={bars.bar}>
          <p>
            {t(cell.wanted ? 'topics.wantedMany' : 'topics.unwantedMany')},{' '}
            {t(cell.found ? 'topics.finds' : 'topics.findsNot').toLocaleLowerCase()}
          </p>
          <button type="button" className={bars.link} onClick={() => setCell(null)}>
            {t('topics.marksAll', { count: marks.list.length })}
          </button>
        </div>
      )}
      {forgotten > 0 && <p className={bars.hint}>{t('topics.forgotten', { count: forgotten })}</p>}
      {shown.length === 0 ? (
        <Empty says={t('topics.cellNone')} />
      ) : (
        <MarkList
          mentions={shown.map(({ mention }) => ({ ...mention, places: placesOf.get(mention.id) ?? [] }))}
          marks={marks}
          query={query}
          label={t('topics.tab_marks')}
        />
      )}
    </>
  )
}
