import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'
import styles from './MarkButtons.module.css'

/** Wanted or not: two buttons, of which a second press takes the mark back. */
export function MarkButtons({
  wanted,
  onMark,
  words = false,
}: {
  wanted: boolean | null
  onMark: (wanted: boolean | null) => void
  words?: boolean
}) {
  const { t } = useTranslation()
  return (
    <span className={styles.marks} role="group" aria-label={t('topics.mark')}>
      {([true, false] as const).map((one) => (
        <button
          key={String(one)}
          type="button"
          data-wanted={one}
          aria-pressed={wanted === one}
          aria-label={one ? t('topics.wanted') : t('topics.unwanted')}
          title={one ? t('topics.wantedHelp') : t('topics.unwantedHelp')}
          onClick={() => onMark(wanted === one ? null : one)}
        >
          <Icon name={one ? 'check' : 'close'} size={14} />
          {words && <span>{one ? t('topics.wanted') : t('topics.unwanted')}</span>}
        </button>
      ))}
    </span>
  )
}
