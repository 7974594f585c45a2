import { useTranslation } from 'react-i18next'
import type { ReplyWarning } from '../../serve/api/shapes/reply.ts'
import { Icon } from '../look/icons.tsx'
import styles from './Replies.module.css'

/** What a careful colleague says about the draft, with the words it is about. */
export function Warnings({ warnings, asked }: { warnings: ReplyWarning[]; asked: boolean }) {
  const { t } = useTranslation()
  return (
    <ul className={styles.warnings} aria-live="polite" aria-label={t('replies.checks')} data-asked={asked || undefined}>
      {warnings.map(({ check, blocks, reason, words }) => (
        <li key={check} data-blocks={blocks || undefined}>
          <Icon name="alert" size={14} />
          <span>
            {words !== null && (
              <>
                <q className={styles.words}>{words}</q> ·{' '}
              </>
            )}
            {reason}
          </span>
        </li>
      ))}
    </ul>
  )
}
