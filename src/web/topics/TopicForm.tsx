import { Autocomplete, Button, Checkbox, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangedTopic, NewTopic, QueryProblem, Topic, TopicVersion } from '../../serve/api/shapes/topic.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { useProject, useTopics } from '../api/queries.ts'
import { topicColor } from '../look/colors.ts'
import { Icon } from '../look/icons.tsx'
import { BackLink } from '../parts/BackLink.tsx'
import { useFormat } from '../parts/format.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { Page } from '../parts/Page.tsx'
import { repaired, repairWords } from '../parts/repair.ts'
import { mayManage } from '../parts/roles.ts'
import { Loading } from '../parts/states.tsx'
import { Backfill } from './Backfill.tsx'
import { Costs } from './Costs.tsx'
import { useDraft, type Draft } from './draft.ts'
import { ImportQuery } from './ImportQuery.tsx'
import { useMarks } from './marks.ts'
import { checkQuery, referenceQuery, topicQuery } from './queries.ts'
import type { EditorHandle } from './QueryEditor.tsx'
import { Reference } from './Reference.tsx'
import { RemoveTopic } from './RemoveTopic.tsx'
import { Results } from './Results.tsx'
import styles from './TopicForm.module.css'

const QueryEditor = lazy(() => import('./QueryEditor.tsx'))

const checkAfterMs = 250
const previewAfterMs = 600
/** Letters from which on the explanation is read only by whoever asks for it. */
const longExplanation = 400
const noProblems: readonly QueryProblem[] = []

/** The query left, what it finds right. */
export function TopicForm({ topic }: { topic: Topic | null }) {
  const { t, i18n } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const navigate = useNavigate()
  const topics = useTopics(project.id).data ?? []
  const saved = draftOf(topic)
  const { draft, isChanged, change, settle } = useDraft(`${project.id}.${topic?.id ?? 'new'}`, saved)
  const [toCheck] = useDebouncedValue(draft.query, checkAfterMs)
  const [toFind] = useDebouncedValue(draft.query, previewAfterMs)
  const check = useQuery(checkQuery(project.id, toCheck, i18n.language))
  const reference = useQuery(referenceQuery(i18n.language))
  const marks = useMarks(project.id, topic)
  const [removing, setRemoving] = useState(false)
  const [taken, setTaken] = useState<TopicVersion | null>(null)
  const editor = useRef<EditorHandle>(null)
  // Places belong to the text they were found in; while one types they would point beside it.
  const problems = toCheck === draft.query ? (check.data?.problems ?? noProblems) : noProblems
  const hasError = problems.some(({ severity }) => severity === 'error')
  const judged = useQuery(checkQuery(project.id, toFind, i18n.language)).data
  const isSound = judged === undefined ? null : judged.problems.every(({ severity }) => severity !== 'error')

  const saving = useMutation({
    mutationFn: () => {
      const input = {
        name: draft.name.trim(),
        group: draft.group.trim() === '' ? null : draft.group.trim(),
        competitor: draft.competitor,
        query: draft.query,
      }
      const path = `/projects/${project.id}/topics`
      return topic === null
        ? send<Topic>('POST', path, { ...input, marks: [...marks.unsaved] } satisfies NewTopic)
        : send<Topic>('PUT', `${path}/${topic.id}`, {
            ...input,
            ...(taken?.query === draft.query ? { from: taken.version } : {}),
          } satisfies ChangedTopic)
    },
    onSuccess: async (next) => {
      settle(draftOf(next))
      marks.settle()
      setTaken(null)
      client.setQueryData(topicQuery(project.id, String(next.id)).queryKey, next)
      void client.invalidateQueries({ queryKey: ['project', project.id, 'topics'] })
      tell(t('topics.saved'))
      if (topic === null) {
        await navigate({
          to: '/projects/$project/topics/$topic',
          params: { project: String(project.id), topic: String(next.id) },
          replace: true,
        })
      }
    },
    onError: (error) => {
      if (!(error instanceof Problem) || error.field === null) tellFailure(t('topics.notSaved'), error)
    },
  })
  const maySave =
    mayManage(project.role) &&
    isChanged &&
    !hasError &&
    !saving.isPending &&
    draft.name.trim() !== '' &&
    draft.query.trim() !== ''
  const wrongIn = (field: string) =>
    saving.error instanceof Problem && saving.error.field === field ? saving.error.message : undefined
  const groups = [...new Set(topics.flatMap(({ group }) => (group === null ? [] : [group])))]

  return (
    <Page
      title={topic?.name ?? t('topics.newTitle')}
      note={
        topic !== null && (
          <Link
            to="/projects/$project/inbox"
            params={{ project: String(project.id) }}
            search={{ topic: String(topic.id) }}
          >
            {t('topics.mentions', { count: topic.mentions, shown: f.number(topic.mentions) })}
          </Link>
        )
      }
      actions={
        <BackLink to="/projects/$project/topics" params={{ project: String(project.id) }}>
          {t('topics.backToTopics')}
        </BackLink>
      }
      scroll={false}
    >
      <div className={styles.halves}>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            saving.mutate()
          }}
          onKeyDown={(event) => {
            // Enter alone makes a new line of the query.
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && maySave) saving.mutate()
          }}
        >
          <div className={styles.names}>
            <TextInput
              label={t('topics.name')}
              placeholder={t('topics.namePlace')}
              required
              withAsterisk={false}
              maxLength={120}
              value={draft.name}
              error={wrongIn('name')}
              leftSection={
                <i className={styles.dot} style={{ background: topicColor(topic?.color ?? topics.length) }} />
              }
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <Autocomplete
              label={<span title={t('topics.groupHelp')}>{t('topics.group')}</span>}
              placeholder={t('topics.groupPlace')}
              data={groups}
              maxLength={60}
              value={draft.group}
              error={wrongIn('group')}
              onChange={(group) => change({ group })}
            />
          </div>
          <Checkbox
            size="xs"
            label={t('topics.competitor')}
            description={t('topics.competitorHelp')}
            checked={draft.competitor}
            onChange={(event) => change({ competitor: event.currentTarget.checked })}
          />
          <div className={styles.query}>
            <p className={styles.label}>{t('topics.query')}</p>
            <Suspense fallback={<Loading rows={1} height={160} />}>
              <QueryEditor
                ref={editor}
                value={draft.query}
                onChange={(query) => change({ query })}
                problems={problems}
                reference={reference.data}
                placeholder={t('topics.queryPlace')}
                label={t('topics.query')}
              />
            </Suspense>
            {wrongIn('query') !== undefined && (
              <p className={styles.wrong} role="alert">
                {wrongIn('query')}
              </p>
            )}
            <Problems
              problems={problems}
              text={draft.query}
              onRepair={(repair) => change({ query: repaired(draft.query, repair) })}
            />
            {check.data !== undefined && check.data.explanation !== '' && !hasError && draft.query.trim() !== '' && (
              <details className={styles.read} open={check.data.explanation.length < longExplanation}>
                <summary>{t('topics.read')}</summary> <bdi>{check.data.explanation}</bdi>
              </details>
            )}
            {check.data !== undefined && draft.query.trim() !== '' && (
              <Costs
                cost={check.data.cost}
                text={toCheck}
                onPoint={(start, end) => editor.current?.select(start, end)}
              />
            )}
            <p className={styles.help}>{t('topics.queryHelp')}</p>
            {mayManage(project.role) && <ImportQuery current={draft.query} onTake={(query) => change({ query })} />}
          </div>
          {mayManage(project.role) && (
            <div className={styles.buttons}>
              <Button
                type="submit"
                variant="filled"
                size="sm"
                loading={saving.isPending}
                disabled={!maySave}
                title="Ctrl + Enter"
              >
                {t('topics.save')}
              </Button>
              {isChanged && topic !== null && (
                <Button variant="subtle" size="sm" onClick={() => settle(saved)}>
                  {t('topics.discard')}
                </Button>
              )}
              {topic !== null && (
                <Button
                  variant="subtle"
                  color="gray"
                  size="sm"
                  className={styles.remove}
                  leftSection={<Icon name="trash" />}
                  onClick={() => setRemoving(true)}
                >
                  {t('topics.delete')}
                </Button>
              )}
            </div>
          )}
          {taken !== null && taken.query === draft.query && isChanged && (
            <p className={styles.help} role="status">
              {t('topics.taken', { version: taken.version })}
            </p>
          )}
          {topic !== null && <Backfill topic={topic} />}
          <Reference reference={reference.data} onInsert={(text) => editor.current?.insert(text)} />
        </form>
        <Results
          topic={topic}
          text={toFind}
          marks={marks}
          isSound={isSound}
          current={draft.query}
          onTake={(version) => {
            setTaken(version)
            change({ query: version.query })
          }}
          onPoint={(start, end) => editor.current?.select(start, end)}
        />
      </div>
      {topic !== null && (
        <RemoveTopic
          project={project.id}
          topic={topic}
          open={removing}
          onClose={() => setRemoving(false)}
          onRemoved={() => settle(saved)}
        />
      )}
    </Page>
  )
}

function draftOf(topic: Topic | null): Draft {
  return {
    name: topic?.name ?? '',
    group: topic?.group ?? '',
    competitor: topic?.competitor ?? false,
    query: topic?.query ?? '',
  }
}

function Problems({
  problems,
  text,
  onRepair,
}: {
  problems: readonly QueryProblem[]
  text: string
  onRepair: (repair: NonNullable<QueryProblem['repair']>) => void
}) {
  const { t } = useTranslation()
  return problems.length === 0 ? null : (
    <ul className={styles.problems} aria-live="polite">
      {problems.map((problem) => (
        <li key={`${problem.key} ${problem.start}`} data-severity={problem.severity}>
          <span className={styles.severity}>{t(`topics.severity_${problem.severity}`)}</span>
          <span className={styles.message}>{problem.message}</span>
          {problem.repair !== null && (
            <button
              type="button"
              className={styles.repair}
              onClick={() => problem.repair !== null && onRepair(problem.repair)}
            >
              {repairWords(t, text, problem.repair)}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
