import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { Formula } from '../overview/Formula.tsx'
import { Figure, When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import styles from './Author.module.css'

const weekMs = 7 * 86_400_000

/** How often, since when, to how many. */
export function Totals({ card }: { card: AuthorCard }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { mentions, firstAt, lastAt, reach, engagement, measures } = card
  const weeks =
    firstAt === null || lastAt === null ? 0 : Math.max(1, (Date.parse(lastAt) - Date.parse(firstAt)) / weekMs)
  return (
    <dl className={styles.totals}>
      <Total name={t('author.mentions')} formula={measures.mentions}>
        <Figure value={mentions} short />
        {weeks > 1 && <small>{t('author.perWeek', { shown: f.number(mentions / weeks) })}</small>}
      </Total>
      <Total name={t('author.firstSeen')}>
        <When at={firstAt} />
      </Total>
      <Total name={t('author.lastSeen')}>
        <When at={lastAt} />
      </Total>
      <Total name={t('author.reach')} formula={measures.reach}>
        <Figure value={reach} why={t('author.reachUnknown')} short />
      </Total>
      <Total name={t('author.engagement')} formula={measures.engagement}>
        <Figure value={engagement} why={t('author.engagementUnknown')} short />
      </Total>
    </dl>
  )
}

function Total({ name, formula, children }: { name: string; formula?: string | undefined; children: ReactNode }) {
  return (
    <div className={styles.total}>
      <dt>
        {name} <Formula of={formula} />
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
