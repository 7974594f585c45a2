import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { Page } from '../parts/Page.tsx'
import { mayManage } from '../parts/roles.ts'
import { Answer, NoRight } from '../parts/states.tsx'
import { topicQuery } from './queries.ts'
import { TopicForm } from './TopicForm.tsx'

export function TopicScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const { topic: id = '' } = useParams({ strict: false })
  const topic = useQuery({ ...topicQuery(project.id, id), enabled: id !== 'new' })
  if (id === 'new' && !mayManage(project.role)) return <NoRight />
  if (id === 'new') return <TopicForm key={`${project.id} new`} topic={null} />
  if (topic.data !== undefined) return <TopicForm key={`${project.id} ${topic.data.id}`} topic={topic.data} />
  return (
    <Page title={t('topics.title')}>
      <Answer of={topic}>{() => null}</Answer>
    </Page>
  )
}
