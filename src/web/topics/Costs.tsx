import { useTranslation } from 'react-i18next'
import type { QueryCheck } from '../../serve/api/shapes/topic.ts'
import { useFormat } from '../parts/format.ts'
import styles from './Costs.module.css'

const mostShown = 12

/** How much work each part of the query makes, the costliest first; a press shows where it is written. */
export function Costs({
  cost: { looks, limit, counted, parts },
  text,
  onPoint,
}: {
  cost: QueryCheck['cost']
  /** The text the cost belongs to. */
  text: string
  onPoint: (start: number, end: number) => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const most = Math.max(1, ...parts.map(({ postsPerMillion }) => postsPerMillion))
  if (parts.length === 0) return null
  return (
    <details className={styles.costs} open={looks > limit}>
      <summary>{t('topics.costs', { looks: f.short(looks) })}</summary>
      <ul>
        {parts.slice(0, mostShown).map(({ start, end, postsPerMillion, words }) => (
          <li key={`${start} ${end}`}>
            <button
              type="button"
              title={text.slice(withField(text, start), end)}
              onClick={() => onPoint(withField(text, start), end)}
            >
              <code dir="auto">{text.slice(withField(text, start), end)}</code>
            </button>
            <span>{words}</span>
            <i className={styles.bar} aria-hidden="true">
              <i style={{ width: `${Math.max(1, (postsPerMillion / most) * 100)}%` }} />
            </i>
          </li>
        ))}
      </ul>
      <p>
        {parts.length > mostShown && t('topics.costsMore', { count: parts.length - mostShown })} {t('topics.costsHelp')}{' '}
        {counted === null ? t('topics.costsGuessed') : t('topics.costsCounted', { posts: f.number(counted) })}
      </p>
    </details>
  )
}

/** A value is read with the field it belongs to. */
function withField(text: string, start: number): number {
  return start - (/[\p{L}_]+:$/u.exec(text.slice(0, start))?.[0].length ?? 0)
}
