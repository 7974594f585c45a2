import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../serve/api/shapes/topic.ts'
import { hasEnded, useProgress, useProject, useTopics } from '../api/queries.ts'
import { topicColor } from '../look/colors.ts'
import { Icon } from '../look/icons.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { Page } from '../parts/Page.tsx'
import { mayManage } from '../parts/roles.ts'
import { Answer, Empty } from '../parts/states.tsx'
import styles from './TopicsScreen.module.css'

export function TopicsScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const topics = useTopics(project.id)
  const add = mayManage(project.role) && (
    <ButtonLink
      variant="filled"
      leftSection={<Icon name="plus" />}
      to="/projects/$project/topics/$topic"
      params={{ project: String(project.id), topic: 'new' }}
    >
      {t('topics.add')}
    </ButtonLink>
  )
  return (
    <Page title={t('topics.title')} actions={topics.data?.length === 0 ? undefined : add}>
      <Answer of={topics}>
        {(list) =>
          list.length === 0 ? (
            <Empty says={t('topics.none')} next={add}>
              {t('topics.noneWords')}
            </Empty>
          ) : (
            <Groups topics={list} />
          )
        }
      </Answer>
    </Page>
  )
}

function Groups({ topics }: { topics: readonly Topic[] }) {
  const { t } = useTranslation()
  const groups = Map.groupBy(topics, ({ group }) => group)
  const names = [...groups.keys()].sort(
    (one, other) => Number(one === null) - Number(other === null) || (one ?? '').localeCompare(other ?? ''),
  )
  return (
    <div className={styles.groups}>
      {names.map((name) => (
        <section key={name ?? ''}>
          {(name !== null || names.length > 1) && <h2 className={styles.group}>{name ?? t('topics.ungrouped')}</h2>}
          <ul className={styles.list}>
            {groups.get(name)?.map((topic) => (
              <TopicLine key={topic.id} topic={topic} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function TopicLine({ topic }: { topic: Topic }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const params = { project: String(project.id) }
  return (
    <li className={styles.topic}>
      <i className={styles.dot} style={{ background: topicColor(topic.color) }} />
      <div className={styles.words}>
        <Link
          className={styles.name}
          to="/projects/$project/topics/$topic"
          params={{ ...params, topic: String(topic.id) }}
        >
          <bdi>{topic.name}</bdi>
        </Link>
        <code className={styles.query} dir="auto">
          {topic.query}
        </code>
      </div>
      {topic.backfill !== null ? (
        <Running project={project.id} job={topic.backfill} />
      ) : (
        !topic.searched && <span className={styles.stopped}>{t('topics.stoppedShort')}</span>
      )}
      <Link className={styles.count} to="/projects/$project/inbox" params={params} search={{ topic: String(topic.id) }}>
        {t('topics.mentions', { count: topic.mentions, shown: f.number(topic.mentions) })}
      </Link>
      <span
        className={styles.time}
        title={
          topic.updatedBy === null
            ? undefined
            : t('topics.changedBy', { at: f.exact(topic.updatedAt), by: topic.updatedBy })
        }
      >
        <When at={topic.updatedAt} />
      </span>
    </li>
  )
}

function Running({ project, job }: { project: number; job: string }) {
  const { t } = useTranslation()
  const progress = useProgress(project, job).data
  if (progress !== undefined && hasEnded(progress)) {
    return progress.state === 'done' ? null : <span className={styles.stopped}>{t('topics.stoppedShort')}</span>
  }
  const share = progress?.total == null || progress.total === 0 ? null : progress.done / progress.total
  return (
    <span className={styles.running} title={t('topics.running')} role="status">
      <span className="visually-hidden">{t('topics.running')}</span>
      <i style={{ width: `${(share ?? 0) * 100}%` }} />
    </span>
  )
}
