import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../serve/api/shapes/reply.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { tellFailure } from '../parts/notices.ts'
import { repliesQuery } from './queries.ts'
import styles from './Replies.module.css'

/** What others did with the ticket since the draft was begun; sending waits until the writer has seen it. */
export function ChangedMeanwhile({
  reply,
  ticket,
  button,
  onSeen,
}: {
  reply: Reply
  ticket: number
  button: Ref<HTMLButtonElement>
  onSeen: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const seen = async () => {
    try {
      await send('PUT', `/projects/${project.id}/replies/${reply.id}/seen`, { event: reply.changes.at(-1)?.id ?? 0 })
    } catch (error) {
      tellFailure(t('replies.notChanged'), error)
    }
    onSeen()
    await client.invalidateQueries({ queryKey: repliesQuery(project.id, ticket).queryKey })
  }
  return (
    <div className={styles.meanwhile} role="status">
      <p>{t('replies.meanwhile')}</p>
      <ul>
        {reply.changes.map((change) => (
          <li key={change.id}>
            <When at={change.at} /> <bdi>{change.actor ?? t('tickets.heed')}</bdi>:{' '}
            {t(`replies.change_${group(change.kind)}`)}{' '}
            {(change.note ?? (change.kind === 'assigned' || change.kind === 'status-changed' ? change.to : null)) !==
              null && <q>{change.note ?? change.to}</q>}
          </li>
        ))}
      </ul>
      <Button ref={button} variant="default" onClick={() => void seen()}>
        {t('replies.seen')}
      </Button>
    </div>
  )
}

type Kind = Reply['changes'][number]['kind']

function group(kind: Kind): 'answered' | 'reply' | 'note' | 'mention' | 'assigned' | 'status' | 'rest' {
  if (kind === 'answered') return 'answered'
  if (kind.startsWith('reply-')) return 'reply'
  if (kind === 'note-added') return 'note'
  if (kind === 'mention-added') return 'mention'
  if (kind === 'assigned') return 'assigned'
  return kind === 'status-changed' ? 'status' : 'rest'
}
