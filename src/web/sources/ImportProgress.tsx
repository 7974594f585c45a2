import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Progress } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { hasEnded, progressQuery, useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { tellFailure } from '../parts/notices.ts'
import { ProgressBar } from '../parts/ProgressBar.tsx'
import styles from './Sources.module.css'

/** How far it is, what was saved, and every row that could not be read with its reason. */
export function ImportProgress({ progress }: { progress: Progress }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const params = { project: String(project.id) }
  const { state, saved, unmatched, failureCount, failures, error } = progress
  const ended = hasEnded(progress)
  const cancel = async () => {
    try {
      await send('DELETE', `/projects/${project.id}/progress/${encodeURIComponent(progress.id)}`)
      await client.invalidateQueries({ queryKey: progressQuery(project.id, progress.id).queryKey })
    } catch (problem) {
      tellFailure(t('sources.notCancelled'), problem)
    }
  }
  return (
    <>
      <header className={styles.fileHead}>
        <h2>
          <bdi>{progress.title}</bdi>
        </h2>
        <p className={styles.quiet}>
          {progress.endedAt === null ? t('sources.running') : <When at={progress.endedAt} />}
        </p>
      </header>
      <ProgressBar progress={progress} />
      {unmatched > 0 && (
        <p className={styles.words}>{t('sources.unmatched', { count: unmatched, shown: f.number(unmatched) })}</p>
      )}
      {error !== null && (
        <p className={styles.hint} data-bad role="alert">
          <Icon name="alert" /> <span>{t('sources.savedStays')}</span>
        </p>
      )}
      {state === 'done' && saved === 0 && unmatched > 0 && (
        <p className={styles.hint}>
          <Icon name="info" /> <span>{t('sources.allUnmatched')}</span>
        </p>
      )}
      <div className={styles.startButtons}>
        {!ended && <Button onClick={() => void cancel()}>{t('progress.cancel')}</Button>}
        {ended && (
          <ButtonLink to="/projects/$project/sources/import" params={params}>
            {t('sources.anotherFile')}
          </ButtonLink>
        )}
        {saved > 0 && (
          <ButtonLink variant="filled" to="/projects/$project/inbox" params={params}>
            {t('welcome.open')}
          </ButtonLink>
        )}
      </div>
      {failures.length > 0 && (
        <section className={styles.block}>
          <h3 className={styles.heading}>
            {t('progress.unreadable', { count: failureCount, shown: f.number(failureCount) })}
          </h3>
          {failureCount > failures.length && (
            <p className={styles.quiet}>{t('sources.firstFailures', { count: failures.length })}</p>
          )}
          <table className={styles.failures}>
            <thead>
              <tr>
                <th>{t('sources.row')}</th>
                <th>{t('sources.why')}</th>
              </tr>
            </thead>
            <tbody>
              {failures.map(({ row, reason }, index) => (
                <tr key={index}>
                  <td>{f.number(row)}</td>
                  <td dir="auto">{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
