import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { useProject } from '../api/queries.ts'
import { Chart, type Pick } from '../parts/chart/Chart.tsx'
import { tonalities } from '../parts/codes.ts'
import { useFormat } from '../parts/format.ts'
import styles from './Author.module.css'
import { writtenBy } from './queries.ts'

const shown = [...tonalities, 'unknown'] as const
const colors = {
  negative: 'var(--negative)',
  neutral: 'var(--neutral)',
  positive: 'var(--positive)',
  unknown: 'var(--unknown)',
} as const

/** How they speak, week by week; what has no tonality is seen to have none. */
export function TonalityChart({ card }: { card: AuthorCard }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const navigate = useNavigate()
  const { bucket, buckets, tonality, mentions, measures } = card
  const sums = tonalities.map((name) => tonality[name].reduce((sum, count) => sum + count, 0))
  const known = sums.reduce((sum, count) => sum + count, 0)
  const most = Math.max(...sums)
  const name = sums.filter((sum) => sum === most).length === 1 ? tonalities[sums.indexOf(most)] : undefined
  const title =
    known === 0
      ? t('author.tonalityUnknown')
      : name === undefined
        ? t('author.tonalityTitle')
        : t('author.tonalityMost', { tonality: t(`tonality.${name}`), shown: f.number(most), of: f.number(known) })
  const pick = ({ series, index }: Pick) => {
    const [from, to] = [buckets[index], buckets[index + 1]]
    void navigate({
      to: '/projects/$project/inbox',
      params: { project: String(project.id) },
      search: { ...writtenBy(card), sentiment: series, ...(from ? { from } : {}), ...(to ? { to } : {}) },
    })
  }
  return (
    <section className={styles.part}>
      <Chart
        title={title}
        unit={t(`author.perBucket_${bucket}`)}
        mentions={mentions}
        shape="stack"
        x={{ at: buckets, bucket }}
        series={shown.map((key) => ({
          key,
          label: key === 'unknown' ? t('author.unknownTonality') : t(`tonality.${key}`),
          color: colors[key],
          values: tonality[key],
        }))}
        {...(measures.tonality === undefined ? {} : { formula: measures.tonality })}
        onPick={pick}
        height={180}
      />
    </section>
  )
}
