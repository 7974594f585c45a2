import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalRequest, Reply } from '../../serve/api/shapes/reply.ts'
import { get } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import styles from './Replies.module.css'

/** The links by which clients approve a reply that waits for them, to be handed over where no letter goes. */
export function ApprovalLinks({ reply }: { reply: Reply }) {
  const { t } = useTranslation()
  const project = useProject()
  const [open, setOpen] = useState(false)
  const links = useQuery({
    queryKey: ['project', project.id, 'approval-links', reply.id, reply.version],
    queryFn: async ({ signal }) =>
      (
        await get<{ items: ApprovalRequest[] }>(`/projects/${project.id}/replies/${reply.id}/approval-links`, {
          signal,
        })
      ).items,
    enabled: open,
  })
  if (!open)
    return (
      <div className={styles.buttons}>
        <Button variant="subtle" color="gray" onClick={() => setOpen(true)}>
          {t('replies.clientLinks')}
        </Button>
      </div>
    )
  const copy = async ({ link, approver }: ApprovalRequest) => {
    try {
      await navigator.clipboard.writeText(link)
      tell(t('replies.clientLinkCopied', { name: approver }))
    } catch (error) {
      tellFailure(t('replies.clientLinkNotCopied'), error)
    }
  }
  return (
    <Answer of={links} rows={1}>
      {(items) =>
        items.length === 0 ? (
          <p className={styles.quiet}>{t('replies.noApprovers')}</p>
        ) : (
          <ul className={styles.links}>
            {items.map((request) => (
              <li key={request.link}>
                <bdi>{request.approver}</bdi>
                <span className={styles.quiet}>
                  {request.email === null ? t('replies.noLetter') : t('replies.letterTo', { email: request.email })}
                </span>
                <Button variant="default" onClick={() => void copy(request)}>
                  {t('replies.copyLink')}
                </Button>
              </li>
            ))}
          </ul>
        )
      }
    </Answer>
  )
}
