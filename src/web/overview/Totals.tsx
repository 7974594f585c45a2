import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Overview } from '../../serve/api/shapes/overview.ts'
import { Figure } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { Formula } from './Formula.tsx'
import { MentionsLink, type MentionsSearch } from './MentionsLink.tsx'
import styles from './Overview.module.css'

export function Totals({ overview }: { overview: Overview }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { total, before, unique, authors, reach, engagement, measures } = overview
  const change = f.change(total, before)
  const perAuthor = authors === 0 ? null : total / authors
  return (
    <dl className={styles.totals}>
      <Total
        name={t('overview.volume')}
        value={total}
        formula={[measures.total, measures.before].filter((words) => words !== undefined).join('\n')}
        main
      >
        {change === null ? (
          <span title={t(before === null ? 'overview.notCollectedWhy' : 'overview.noBeforeWhy')}>
            {t('overview.noBefore')}
          </span>
        ) : (
          <>
            <strong className={styles.change}>{change}</strong>{' '}
            {t('overview.against', { shown: f.number(before ?? 0) })}
          </>
        )}
      </Total>
      <Total name={t('overview.unique')} value={unique} formula={measures.unique}>
        {total > 0 && t('overview.uniqueShare', { share: f.percent(unique / total) })}
      </Total>
      <Total name={t('overview.authors')} value={authors} formula={measures.authors}>
        {perAuthor !== null && t('overview.perAuthor', { shown: f.number(perAuthor) })}
      </Total>
      <Total
        name={t('overview.reach')}
        value={reach}
        why={t('overview.reachUnknown')}
        formula={measures.reach}
        opens={{ order: 'followers' }}
      >
        {reach === null ? t('overview.unknownShort') : t('overview.reachNote')}
      </Total>
      <Total
        name={t('overview.engagement')}
        value={engagement}
        why={t('overview.engagementUnknown')}
        formula={measures.engagement}
        opens={{ order: 'engagement' }}
      >
        {engagement === null ? t('overview.unknownShort') : t('overview.engagementNote')}
      </Total>
    </dl>
  )
}

function Total({
  name,
  value,
  why,
  formula,
  opens = {},
  main = false,
  children,
}: {
  name: string
  value: number | null
  why?: string
  formula: string | undefined
  opens?: MentionsSearch
  main?: boolean
  children: ReactNode
}) {
  return (
    <div className={styles.total} data-main={main || undefined}>
      <dt>
        {name} <Formula of={formula} />
      </dt>
      <dd className={styles.big}>
        {value === null ? (
          <Figure value={null} {...(why === undefined ? {} : { why })} />
        ) : (
          <MentionsLink change={opens}>
            <Figure value={value} short />
          </MentionsLink>
        )}
      </dd>
      <dd className={styles.under}>{children}</dd>
    </div>
  )
}
