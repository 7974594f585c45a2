import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../serve/api/shapes/topic.ts'
import { send } from '../api/client.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { tell, tellFailure } from '../parts/notices.ts'

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
    <Confirm
      open={open}
      title={t('topics.deleteSure', { name: topic.name })}
      does={t('topics.delete')}
      onDo={() => removal.mutateAsync().catch(() => undefined)}
      onClose={onClose}
    >
      {t('topics.deleteWords')}
    </Confirm>
  )
}
