import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../serve/api/shapes/topic.ts'
import { send } from '../api/client.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { Sheet } from '../parts/Sheet.tsx'
import styles from './TopicForm.module.css'

/** Asked before, because it cannot be undone after. */
export function RemoveTopic({
  project,
  topic,
  open,
  onClose,
  onRemoved,
}: {
  project: number
  topic: Topic
  open: boolean
  onClose: () => void
  onRemoved: () => void
}) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const removal = useMutation({
    mutationFn: () => send('DELETE', `/projects/${project}/topics/${topic.id}`),
    onSuccess: async () => {
      onRemoved()
      tell(t('topics.deleted', { name: topic.name }))
      await navigate({ to: '/projects/$project/topics', params: { project: String(project) } })
      await client.invalidateQueries({ queryKey: ['project', project] })
    },
    onError: (error) => tellFailure(t('topics.notDeleted'), error),
  })
  return (
    <Sheet open={open} title={t('topics.deleteSure', { name: topic.name })} side="middle" onClose={onClose}>
      <p>{t('topics.deleteWords')}</p>
      <div className={styles.sure}>
        <Button variant="filled" color="red" loading={removal.isPending} onClick={() => removal.mutate()}>
          {t('topics.delete')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </Sheet>
  )
}
