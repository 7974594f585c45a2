/**
 * Work in the background, step by step: read → match → enrich → save.
 *   <ProgressBar progress={progress} />
 */
import { useTranslation } from 'react-i18next'
import type { Progress } from '../../serve/api/shapes/project.ts'
import { Icon } from '../look/icons.tsx'
import { useFormat } from './format.ts'
import styles from './ProgressBar.module.css'

const steps = ['read', 'match', 'enrich', 'save'] as const

export function ProgressBar({ progress }: { progress: Progress }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { state, step, total, done, saved, failureCount, error } = progress
  const at = state === 'done' ? steps.length : step === null ? -1 : steps.indexOf(step)
  const share = state === 'done' ? 1 : total === null || total === 0 ? null : Math.min(1, done / total)
  const words =
    state === 'waiting'
      ? t('progress.waiting')
      : state === 'failed'
        ? (error ?? t('progress.failed'))
        : state === 'cancelled'
          ? t('progress.cancelled')
          : state === 'done'
            ? t('progress.done')
            : total === null
              ? t('progress.some', { done: f.number(done) })
              : t('progress.of', { done: f.number(done), total: f.number(total) })
  return (
    <div className={styles.progress} data-state={state}>
      <ol className={styles.steps}>
        {steps.map((name, index) => (
          <li key={name} data-now={index === at || undefined} data-past={index < at || undefined}>
            {index < at && <Icon name="check" size={12} />} {t(`progress.step_${name}`)}
          </li>
        ))}
      </ol>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={progress.title}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
      >
        <i data-unknown={share === null || undefined} style={{ width: share === null ? '30%' : `${share * 100}%` }} />
      </div>
      <p className={styles.words} aria-live="polite">
        {words}
        {saved > 0 && <span>{t('progress.saved', { count: saved, shown: f.number(saved) })}</span>}
        {failureCount > 0 && (
          <span>{t('progress.unreadable', { count: failureCount, shown: f.number(failureCount) })}</span>
        )}
      </p>
    </div>
  )
}
