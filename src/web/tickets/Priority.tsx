import { useTranslation } from 'react-i18next'
import type { Priority } from '../../serve/api/shapes/ticket.ts'
import styles from './Work.module.css'

export const priorities = ['urgent', 'high', 'normal', 'low'] as const satisfies readonly Priority[]

/** Bars like those of a phone's reception, so that the level is seen without its colour. */
export function PriorityMark({ priority }: { priority: Priority }) {
  const { t } = useTranslation()
  const level = priorities.length - priorities.indexOf(priority)
  return (
    <svg
      className={styles.bars}
      data-priority={priority}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      role="img"
      aria-label={t(`tickets.priority_${priority}`)}
    >
      {[1, 2, 3, 4].map((bar) => (
        <rect
          key={bar}
          x={bar * 3.25 - 2.25}
          y={13 - bar * 3}
          width="2.25"
          height={bar * 3}
          rx="0.5"
          data-on={bar <= level || undefined}
        />
      ))}
    </svg>
  )
}
