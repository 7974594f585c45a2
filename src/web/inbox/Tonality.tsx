import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { tonalities } from '../parts/codes.ts'
import type { MentionActions } from './actions.ts'
import { tonalitySigns } from './MentionRow.tsx'
import styles from './Tonality.module.css'

/** Three signs to judge by, the same as the keys 1 2 3; the one pressed is what holds for all of these mentions. */
export function Tonality({ mentions, actions }: { mentions: readonly Mention[]; actions: MentionActions }) {
  const { t } = useTranslation()
  return (
    <div className={styles.tonality} role="group" aria-label={t('inbox.tonality')}>
      {tonalities.map((value, index) => (
        <button
          key={value}
          type="button"
          data-tonality={value}
          aria-label={t(`inbox.judge_${value}`)}
          aria-pressed={mentions.every(({ sentiment }) => sentiment === value)}
          title={`${t(`inbox.judge_${value}`)} (${index + 1})`}
          onClick={() => void actions.judge(mentions, { field: 'sentiment', value })}
        >
          {tonalitySigns[value]}
        </button>
      ))}
    </div>
  )
}
