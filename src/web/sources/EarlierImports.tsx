import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Progress } from '../../serve/api/shapes/project.ts'
import { hasEnded, useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { allProgressQuery } from './queries.ts'
import styles from './Sources.module.css'

/** Files that were brought in, the running ones first. */
export function EarlierImports() {
  const { t } = useTranslation()
  const project = useProject()
  const all = useQuery(allProgressQuery(project.id))
  const imports = (all.data ?? []).filter(({ kind }) => kind === 'import')
  if (imports.length === 0) return null
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('sources.imports')}</h2>
      <ul className={styles.imports}>
        {imports.map((progress) => (
          <li key={progress.id}>
            <Link
              to="/projects/$project/sources/import"
              params={{ project: String(project.id) }}
              search={{ job: progress.id }}
              className={styles.import}
            >
              <bdi className={styles.importName}>{progress.title}</bdi>
              <Outcome progress={progress} />
              <span className={styles.quiet}>
                <When at={progress.endedAt ?? progress.startedAt} why={t('progress.waiting')} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Outcome({ progress }: { progress: Progress }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { state, saved, failureCount, done, total } = progress
  const words = [
    ...(state === 'failed'
      ? [t('progress.failed')]
      : state === 'cancelled'
        ? [t('progress.cancelled')]
        : state === 'waiting'
          ? [t('progress.waiting')]
          : []),
    ...(hasEnded(progress)
      ? []
      : [
          total === null
            ? t('progress.some', { done: f.number(done) })
            : t('progress.of', { done: f.number(done), total: f.number(total) }),
        ]),
    ...(saved > 0 || state === 'done' ? [t('progress.saved', { count: saved, shown: f.number(saved) })] : []),
    ...(failureCount > 0 ? [t('progress.unreadable', { count: failureCount, shown: f.number(failureCount) })] : []),
  ]
  return (
    <span className={styles.outcome} data-bad={state === 'failed' || undefined}>
      {words.join(' · ')}
    </span>
  )
}
