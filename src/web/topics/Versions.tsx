import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../serve/api/shapes/topic.ts'
import { useFormat } from '../parts/format.ts'
import { versionsQuery } from './queries.ts'
import styles from './Versions.module.css'

/** Every text the topic has had; an older one is taken into the editor and saved like any other change. */
export function Versions({
  project,
  topic,
  onTake,
}: {
  project: number
  topic: Topic
  onTake: (query: string) => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const versions = useQuery(versionsQuery(project, topic.id)).data ?? []
  return versions.length === 0 ? null : (
    <details className={styles.versions}>
      <summary>
        {t('topics.versions')} <span className={styles.count}>{versions.length}</span>
      </summary>
      <ol>
        {versions.map(({ version, query, at, by }) => (
          <li key={version}>
            <p className={styles.head}>
              <strong>{version}</strong>
              <span>{t('topics.versionBy', { at: f.exact(at), by: by ?? t('topics.someone') })}</span>
              {version === topic.version ? (
                <span className={styles.current}>{t('topics.current')}</span>
              ) : (
                <Button size="compact-xs" onClick={() => onTake(query)}>
                  {t('topics.restore')}
                </Button>
              )}
            </p>
            <pre className={styles.text} dir="auto">
              {query}
            </pre>
          </li>
        ))}
      </ol>
    </details>
  )
}
