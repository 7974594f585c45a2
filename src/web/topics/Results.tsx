import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Topic, TopicVersion } from '../../serve/api/shapes/topic.ts'
import { useProject } from '../api/queries.ts'
import { useFormat } from '../parts/format.ts'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import { Change } from './Change.tsx'
import { Clauses, type Point } from './Clauses.tsx'
import { Figures } from './Figures.tsx'
import { Golden } from './Golden.tsx'
import type { Marks } from './marks.ts'
import { previewQuery, trialQuery, type Tried } from './queries.ts'
import styles from './Results.module.css'
import { Sample } from './Sample.tsx'
import { type Tab, Tabs } from './Tabs.tsx'
import { Versions } from './Versions.tsx'

type View = 'sample' | 'change' | 'clauses' | 'marks' | 'versions'

/** What the query does, before it is saved: how much, how well, what changes, which part does what. */
export function Results({
  topic,
  text,
  marks,
  isSound,
  current,
  onTake,
  onPoint,
}: {
  topic: Topic | null
  /** The query some moments after the last key. */
  text: string
  marks: Marks
  /** Whether it has no error; null while that is not known. */
  isSound: boolean | null
  /** The query as it stands in the editor. */
  current: string
  onTake: (version: TopicVersion) => void
  onPoint: Point
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const [view, setView] = useState<View>('sample')
  const [seed, setSeed] = useState(0)
  const tried: Tried = { text, topic, marks: marks.unsaved }
  const preview = useQuery({ ...previewQuery(project.id, tried, seed), enabled: isSound === true })
  const trial = useQuery({ ...trialQuery(project.id, tried), enabled: isSound === true })
  const change = preview.data?.change ?? null
  const isEmpty = text.trim() === ''
  const sides = change && [['+', change.added] as const, ['−', change.lost] as const]
  const tabs: Tab<View>[] = [
    { name: 'sample', words: t('topics.tab_sample') },
    ...(sides === null
      ? []
      : [
          {
            name: 'change' as const,
            words: t('topics.tab_change'),
            count: sides.map(([sign, { count }]) => `${sign}${f.short(Math.round(count.estimate))}`).join(' '),
          },
        ]),
    { name: 'clauses', words: t('topics.tab_clauses') },
    { name: 'marks', words: t('topics.tab_marks'), count: marks.list.length },
    ...(topic === null ? [] : [{ name: 'versions' as const, words: t('topics.tab_versions'), count: topic.version }]),
  ]
  const shown = tabs.some(({ name }) => name === view) ? view : 'sample'
  const failed = preview.isError && preview.data === undefined
  return (
    <section
      className={styles.results}
      aria-label={t('topics.preview')}
      aria-busy={preview.isFetching || trial.isFetching}
    >
      <header className={styles.title}>
        <h2>{t('topics.preview')}</h2>
        <span className={styles.busy} role="status">
          {preview.isFetching && t('topics.previewWaiting')}
        </span>
      </header>
      {!isEmpty && <Figures preview={preview.data} trial={trial.data} onMarks={() => setView('marks')} />}
      <Tabs tabs={tabs} chosen={shown} label={t('topics.preview')} onChoose={setView}>
        {shown === 'versions' && topic !== null ? (
          <Versions topic={topic} text={current} onTake={onTake} />
        ) : isEmpty ? (
          <Empty says={t('topics.previewEmpty')} />
        ) : isSound === false ? (
          <Empty says={t('topics.previewFixFirst')} />
        ) : shown === 'clauses' ? (
          <Clauses tried={tried} isSound={isSound === true} marks={marks} days={preview.data?.days} onPoint={onPoint} />
        ) : shown === 'marks' && trial.data !== undefined ? (
          <Golden trial={trial.data} marks={marks} query={text} />
        ) : failed ? (
          <Failed error={preview.error} retry={preview.refetch} />
        ) : preview.data === undefined ? (
          <Loading rows={6} height={56} />
        ) : shown === 'change' && change !== null ? (
          <Change change={change} version={topic?.version ?? 0} marks={marks} query={text} />
        ) : (
          <Sample preview={preview.data} marks={marks} query={text} onOthers={() => setSeed((before) => before + 1)} />
        )}
      </Tabs>
    </section>
  )
}
