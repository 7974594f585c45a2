import { useTranslation } from 'react-i18next'
import type { Care } from '../../serve/api/shapes/care.ts'
import styles from './Care.module.css'

/** How many hard texts were read today, against what a shift may hold where somebody said so, and over seven days. */
export function ExposureMeter({ exposure: { today, week }, limit }: { exposure: Care['mine']; limit: number | null }) {
  const { t } = useTranslation()
  const says = limit === null ? t('care.today', { count: today }) : t('care.todayOf', { today, limit })
  return (
    <div className={styles.exposure}>
      <p className={styles.figure}>{says}</p>
      {limit !== null && (
        <div
          className={styles.meter}
          role="meter"
          aria-label={t('care.mine')}
          aria-valuemin={0}
          aria-valuemax={limit}
          aria-valuenow={Math.min(today, limit)}
          aria-valuetext={says}
        >
          <span style={{ inlineSize: `${Math.min(1, today / limit) * 100}%` }} />
        </div>
      )}
      {limit !== null && today >= limit && <p className={styles.rest}>{t('care.restWords')}</p>}
      <p className={styles.quiet}>{t('care.week', { count: week })}</p>
    </div>
  )
}
