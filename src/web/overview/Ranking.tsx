import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../parts/format.ts'
import { Figure, Share } from '../parts/figures.tsx'
import { MentionsLink, type MentionsSearch } from './MentionsLink.tsx'
import styles from './Overview.module.css'

export type Ranked = {
  key: string
  /** Before the name: a mark or a dot. */
  mark?: ReactNode
  name: string
  /** Quiet words after the name. */
  note?: ReactNode
  count: number
  share?: number | null
  color?: string
  opens: MentionsSearch
}

/** Names with lying bars on a common zero; every row opens the mentions behind it. */
export function Ranking({ rows, why }: { rows: readonly Ranked[]; why?: string }) {
  const { t } = useTranslation()
  const f = useFormat()
  const largest = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <ol className={styles.ranking}>
      {rows.map(({ key, mark, name, note, count, share, color, opens }) => (
        <li key={key}>
          <MentionsLink
            change={opens}
            className={styles.ranked}
            title={t('overview.openMentions', { what: name, shown: f.number(count) })}
          >
            <span className={styles.name}>
              {mark}
              <bdi className={styles.cut}>{name}</bdi>
              {note !== undefined && <span className={styles.quiet}>{note}</span>}
            </span>
            <span className={styles.figures}>
              <Figure value={count} short />
              {share !== undefined && (
                <span className={styles.share}>
                  <Share value={share} {...(why === undefined ? {} : { why })} />
                </span>
              )}
            </span>
            <span className={styles.track}>
              <i
                style={{ width: `${(count / largest) * 100}%`, ...(color === undefined ? {} : { background: color }) }}
              />
            </span>
          </MentionsLink>
        </li>
      ))}
    </ol>
  )
}
