import { useTranslation } from 'react-i18next'
import type { Understood } from '../../serve/api/shapes/understood.ts'
import { useFormat } from '../parts/format.ts'
import { Formula } from './Formula.tsx'
import styles from './Understood.module.css'

/** How far people agree with each other is the most that any machine can reach. */
export function Agreement({
  understood: { agreement, measures },
  about,
}: {
  understood: Understood
  about: 'sentiment' | 'stage'
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const of = agreement.find(({ field }) => field === about)
  if (of === undefined || of.pairs === 0) return null
  return (
    <p className={styles.quiet}>
      {of.alpha === null
        ? t('overview.agreementUnknown', { count: of.pairs, shown: f.number(of.pairs) })
        : t('overview.agreement', { alpha: f.precise(of.alpha), count: of.pairs, shown: f.number(of.pairs) })}{' '}
      <Formula of={measures.agreement} />
    </p>
  )
}
