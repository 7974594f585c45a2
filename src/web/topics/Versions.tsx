import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Topic, TopicVersion } from '../../serve/api/shapes/topic.ts'
import { useProject } from '../api/queries.ts'
import { useFormat } from '../parts/format.ts'
import { mayManage } from '../parts/roles.ts'
import { Answer } from '../parts/states.tsx'
import { Difference } from './Difference.tsx'
import { interval, round } from './Figures.tsx'
import { versionsQuery } from './queries.ts'
import styles from './Versions.module.css'

/** Every text the topic has had: who changed what and when, how it did on the marks, and the way back. */
export function Versions({
  topic,
  text,
  onTake,
}: {
  topic: Topic
  /** What stands in the editor. */
  text: string
  onTake: (version: TopicVersion) => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const versions = useQuery(versionsQuery(project.id, topic.id))
  return (
    <Answer of={versions}>
      {(list) => (
        <ol className={styles.versions}>
          {text !== topic.query && (
            <li>
              <p className={styles.head}>
                <strong>{t('topics.unsaved')}</strong>
              </p>
              <Difference before={topic.query} after={text} />
            </li>
          )}
          {list.map((version, i) => (
            <Version
              key={version.version}
              version={version}
              before={list[i + 1] ?? null}
              isCurrent={version.version === topic.version}
              isOpen={i === 0 && text === topic.query}
              {...(mayManage(project.role) && version.query !== text ? { onTake: () => onTake(version) } : {})}
            />
          ))}
        </ol>
      )}
    </Answer>
  )
}

function Version({
  version: { version, query, name, at, by, from, quality },
  before,
  isCurrent,
  isOpen,
  onTake,
}: {
  version: TopicVersion
  before: TopicVersion | null
  isCurrent: boolean
  isOpen: boolean
  onTake?: () => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const [open, setOpen] = useState(isOpen)
  const marked = useMemo(
    () =>
      quality === null ? 0 : quality.wantedFound + quality.wantedMissed + quality.unwantedFound + quality.unwantedLeft,
    [quality],
  )
  return (
    <li>
      <p className={styles.head}>
        <strong>{version}</strong>
        <span>{t('topics.versionBy', { at: f.exact(at), by: by ?? t('topics.someone') })}</span>
        {isCurrent && <span className={styles.current}>{t('topics.current')}</span>}
      </p>
      {from !== null && <p className={styles.note}>{t('topics.fromVersion', { version: from })}</p>}
      {before !== null && before.name !== name && (
        <p className={styles.note}>{t('topics.renamed', { before: before.name, name })}</p>
      )}
      {quality !== null && (
        <p className={styles.note}>
          {(['precision', 'recall'] as const)
            .flatMap((of) => {
              const value = quality[of]
              return value === null
                ? []
                : [`${t(`topics.${of}`)} ${f.percent(round(value.estimate))} (${interval(value, f.percent)})`]
            })
            .join(' · ')}
          {' · '}
          {t('topics.onMarks', { count: marked })}
        </p>
      )}
      <p className={styles.actions}>
        <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen((now) => !now)}>
          {before === null ? t('topics.showText') : t('topics.showDifference')}
        </Button>
        {onTake !== undefined && (
          <Button size="compact-xs" onClick={onTake}>
            {t('topics.restore')}
          </Button>
        )}
      </p>
      {open &&
        (before === null ? (
          <pre className={styles.text} dir="auto">
            {query}
          </pre>
        ) : (
          <Difference before={before.query} after={query} />
        ))}
    </li>
  )
}
