import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../serve/api/shapes/topic.ts'
import { send } from '../api/client.ts'
import { hasEnded, progressQuery, useProgress, useProject } from '../api/queries.ts'
import { tellFailure } from '../parts/notices.ts'
import { ProgressBar } from '../parts/ProgressBar.tsx'
import { mayManage } from '../parts/roles.ts'
import styles from './Backfill.module.css'
import { topicQuery } from './queries.ts'

/** The topic's run over the archive: how far it is, how to stop it, and how to begin again when it did not get through. */
export function Backfill({ topic }: { topic: Topic }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  // A run that ended while one looked goes on being shown: somebody may be waiting for its end.
  const [seen, setSeen] = useState(topic.backfill)
  if (topic.backfill !== null && topic.backfill !== seen) setSeen(topic.backfill)
  const progress = useProgress(project.id, seen).data
  const manages = mayManage(project.role)
  const ended = progress !== undefined && hasEnded(progress)
  useEffect(() => {
    // How it ended stands in the topic.
    if (ended) void client.invalidateQueries({ queryKey: ['project', project.id, 'topics'] })
  }, [ended, client, project.id])
  const stopping = useMutation({
    mutationFn: (job: string) => send('DELETE', `/projects/${project.id}/progress/${job}`),
    onSuccess: (_, job) => client.invalidateQueries({ queryKey: progressQuery(project.id, job).queryKey }),
    onError: (error) => tellFailure(t('topics.notStopped'), error),
  })
  const starting = useMutation({
    mutationFn: () => send<Topic>('POST', `/projects/${project.id}/topics/${topic.id}/backfill`),
    onSuccess: (next) => client.setQueryData(topicQuery(project.id, String(topic.id)).queryKey, next),
    onError: (error) => tellFailure(t('topics.notStarted'), error),
  })
  if (seen === null && topic.searched) return null
  const isRunning = topic.backfill !== null && !ended
  const fellShort = (topic.backfill === null && !topic.searched) || progress?.state === 'failed'
  return (
    <section className={styles.backfill} aria-label={t('topics.backfill')}>
      <header className={styles.head}>
        <h2>{t('topics.backfill')}</h2>
        {manages &&
          (isRunning ? (
            <Button
              size="compact-sm"
              loading={stopping.isPending || progress?.id === stopping.variables}
              onClick={() => topic.backfill !== null && stopping.mutate(topic.backfill)}
            >
              {t('progress.cancel')}
            </Button>
          ) : (
            fellShort && (
              <Button size="compact-sm" loading={starting.isPending} onClick={() => starting.mutate()}>
                {t('topics.searchAgain')}
              </Button>
            )
          ))}
      </header>
      {progress !== undefined && <ProgressBar progress={progress} />}
      {fellShort && (
        <p className={styles.words} role="status">
          {t('topics.notSearched')}
        </p>
      )}
    </section>
  )
}
