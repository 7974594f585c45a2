import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ProjectCard } from '../../serve/api/shapes/project.ts'
import { useFormat } from '../parts/format.ts'
import { useTimeZone } from './time-zone.ts'
import styles from './Sparkline.module.css'

const step = 10
const barWidth = 7
const hourMs = 3_600_000

/** 24 hours as bars on the grey band of what these hours usually bring. A bar opens its hour. */
export function Sparkline({ card, height }: { card: ProjectCard; height: number }) {
  const { t } = useTranslation()
  const f = useFormat(useTimeZone(card))
  const navigate = useNavigate()
  const { hours } = card.volume
  const top = Math.max(1, ...hours.map(({ count, usualHigh }) => Math.max(count, usualHigh ?? 0)))
  const y = (value: number) => height - (value / top) * height
  const known = hours.flatMap(({ usualLow, usualHigh }, index) =>
    usualLow === null || usualHigh === null ? [] : [{ index, usualLow, usualHigh }],
  )
  const upper = known.flatMap(({ index, usualHigh }) => [
    `${index * step},${y(usualHigh)}`,
    `${(index + 1) * step},${y(usualHigh)}`,
  ])
  const lower = known.flatMap(({ index, usualLow }) => [
    `${index * step},${y(usualLow)}`,
    `${(index + 1) * step},${y(usualLow)}`,
  ])
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${hours.length * step} ${height}`}
      height={height}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('today.sparkline', { name: card.name })}
    >
      {known.length > 0 && <polygon className={styles.band} points={[...upper, ...lower.reverse()].join(' ')} />}
      {hours.map(({ at, count, usualLow, usualHigh }, index) => (
        <g
          key={at}
          className={styles.hour}
          onClick={() =>
            void navigate({
              to: '/projects/$project/inbox',
              params: { project: String(card.id) },
              search: { from: new Date(at).toISOString(), to: new Date(Date.parse(at) + hourMs).toISOString() },
            })
          }
        >
          <title>
            {usualLow === null || usualHigh === null
              ? t('today.hour', { hour: f.hour(at), count })
              : t('today.hourUsual', {
                  hour: f.hour(at),
                  count,
                  low: f.number(Math.round(usualLow)),
                  high: f.number(Math.round(usualHigh)),
                })}
          </title>
          <rect className={styles.reach} x={index * step} y={0} width={step} height={height} />
          <rect
            className={styles.bar}
            data-above={(usualHigh !== null && count > usualHigh) || undefined}
            x={index * step + (step - barWidth) / 2}
            y={Math.min(y(count), height - 1)}
            width={barWidth}
            height={Math.max(1, height - y(count))}
          />
        </g>
      ))}
    </svg>
  )
}
