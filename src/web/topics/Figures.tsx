import { useTranslation } from 'react-i18next'
import type { ReactNode } from 'react'
import type { Estimate, QueryPreview, QueryTrial } from '../../serve/api/shapes/trial.ts'
import { Unknown } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import styles from './Figures.module.css'

/** What the query comes to: mentions a month, and how right and how complete it is on what people marked. */
export function Figures({
  preview,
  trial,
  onMarks,
}: {
  preview: QueryPreview | undefined
  trial: QueryTrial | undefined
  onMarks: () => void
}) {
  const { t } = useTranslation()
  return (
    <dl className={styles.figures}>
      <Cell name={t('topics.expected')}>{preview !== undefined && <Month preview={preview} />}</Cell>
      <Cell name={t('topics.precision')} help={t('topics.precisionHelp')} onPress={onMarks}>
        {trial !== undefined && <Quality trial={trial} of="precision" />}
      </Cell>
      <Cell name={t('topics.recall')} help={t('topics.recallHelp')} onPress={onMarks}>
        {trial !== undefined && <Quality trial={trial} of="recall" />}
      </Cell>
    </dl>
  )
}

function Cell({
  name,
  help,
  onPress,
  children,
}: {
  name: string
  help?: string
  onPress?: () => void
  children: ReactNode
}) {
  return (
    <div className={styles.cell}>
      <dt title={help}>
        {onPress === undefined ? (
          name
        ) : (
          <button type="button" onClick={onPress}>
            {name}
          </button>
        )}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}

function Month({ preview: { month, days, isExact } }: { preview: QueryPreview }) {
  const { t } = useTranslation()
  const f = useFormat()
  if (month === null) return <Unknown why={t('topics.expectedUnknown')} />
  const rounded = (value: number) => f.number(Math.round(value))
  return (
    <>
      <strong>
        {!isExact && '≈ '}
        {rounded(month.estimate)}
      </strong>
      {month.low !== month.high && (
        <span className={styles.interval} title={t('topics.intervalHelp')}>
          {rounded(month.low)}–{rounded(month.high)}
        </span>
      )}
      <span className={styles.quiet}>
        {t(!isExact ? 'topics.month_sampled' : `topics.month_${month.how}`, { count: Math.round(days) })}
      </span>
    </>
  )
}

function Quality({ trial: { quality, saved, fewMarks }, of }: { trial: QueryTrial; of: 'precision' | 'recall' }) {
  const { t } = useTranslation()
  const f = useFormat()
  const value = quality?.[of] ?? null
  if (quality === null || value === null) {
    const why = quality === null ? t('topics.markFirst') : t(`topics.${of}None`)
    return (
      <>
        <strong>
          <Unknown why={why} />
        </strong>
        <span className={styles.quiet}>{why}</span>
      </>
    )
  }
  const marked = quality.wantedFound + (of === 'precision' ? quality.unwantedFound : quality.wantedMissed)
  const before = saved?.[of] ?? null
  return (
    <>
      <strong>{f.percent(round(value.estimate))}</strong>
      <span className={styles.interval} title={t('topics.intervalHelp')}>
        {interval(value, f.percent)}
      </span>
      <span className={styles.quiet}>
        {marked < fewMarks
          ? t('topics.fewMarks', { count: marked, enough: fewMarks })
          : t(`topics.${of}Of`, { count: marked })}
      </span>
      {before !== null && round(before.estimate) !== round(value.estimate) && (
        <span className={styles.was} data-better={value.estimate > before.estimate}>
          {t('topics.was', { before: f.percent(round(before.estimate)) })}
        </span>
      )}
    </>
  )
}

/** Whole percents: the interval says that tenths mean nothing. */
export function round(share: number): number {
  return Math.round(share * 100) / 100
}

export function interval({ low, high }: Estimate, percent: (value: number) => string): string {
  return `${percent(round(low)).replace(/\s?%$/, '')}–${percent(round(high))}`
}
