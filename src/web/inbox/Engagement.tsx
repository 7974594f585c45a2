import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Engagement as Counted } from '../../serve/api/shapes/mention.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import styles from './Engagement.module.css'
import { MentionPart } from './MentionPart.tsx'
import { engagementQuery } from './queries.ts'

const measures = ['likes', 'comments', 'shares', 'views'] as const
type Measure = (typeof measures)[number]
type Point = { at: number; value: number }

const width = 160
const height = 28

/** How each count grew while Heed looked. Every line has a scale of its own: views would flatten the rest. */
export function Engagement({ mention }: { mention: string }) {
  const { t } = useTranslation()
  const counted = useQuery(engagementQuery(useProject().id, mention)).data?.counted ?? []
  const grown = measures
    .map((measure) => ({ measure, points: pointsOf(counted, measure) }))
    .filter(({ points }) => new Set(points.map(({ value }) => value)).size > 1)
  const first = counted[0]
  const last = counted.at(-1)
  if (grown.length === 0 || first === undefined || last === undefined) return null
  return (
    <MentionPart title={t('inbox.engagement')}>
      <p className={styles.quiet}>
        {t('inbox.counted', { count: counted.length })} <When at={first.at} /> – <When at={last.at} />
      </p>
      <ul>
        {grown.map(({ measure, points }) => (
          <Line key={measure} measure={measure} points={points} />
        ))}
      </ul>
    </MentionPart>
  )
}

function Line({ measure, points }: { measure: Measure; points: readonly Point[] }) {
  const { t } = useTranslation()
  const f = useFormat()
  const first = points[0]?.value ?? 0
  const last = points.at(-1)?.value ?? 0
  const said = t('inbox.grew', { from: f.number(first), to: f.number(last) })
  return (
    <li className={styles.line}>
      <span className={styles.name}>{t(`inbox.${measure}`)}</span>
      <svg
        className={styles.curve}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={said}
      >
        <title>
          {points.map(({ at, value }) => `${f.exact(new Date(at).toISOString())}: ${f.number(value)}`).join('\n')}
        </title>
        <path d={curve(points)} vectorEffect="non-scaling-stroke" />
      </svg>
      <span className={styles.value}>{f.short(last)}</span>
      <span className={styles.quiet}>{f.signed(last - first)}</span>
    </li>
  )
}

function pointsOf(counted: Counted['counted'], measure: Measure): Point[] {
  return counted.flatMap(({ at, [measure]: value }) => (value === null ? [] : [{ at: Date.parse(at), value }]))
}

/** Over time as it passed, from zero: straight between two looks, for nobody knows what was there in between. */
function curve(points: readonly Point[]): string {
  const from = points[0]?.at ?? 0
  const span = Math.max(1, (points.at(-1)?.at ?? 0) - from)
  const top = Math.max(1, ...points.map(({ value }) => value))
  const x = (at: number) => (((at - from) / span) * width).toFixed(1)
  const y = (value: number) => (height - 2 - (value / top) * (height - 4)).toFixed(1)
  return points.map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${x(at)},${y(value)}`).join('')
}
