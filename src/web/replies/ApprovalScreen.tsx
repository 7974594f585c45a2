import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskedApproval } from '../../serve/api/shapes/reply.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { browserTimeZone, useFormat } from '../parts/format.ts'
import { platformName } from '../parts/names.ts'
import { useSaving } from '../parts/saving.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { Door } from '../sign-in/Door.tsx'
import doorStyles from '../sign-in/Door.module.css'
import styles from './Replies.module.css'

/** For a client who was sent the link: what was asked, what would be answered, one press, no account. */
export function ApprovalScreen() {
  const { t } = useTranslation()
  const { link } = useParams({ strict: false })
  const client = useQueryClient()
  const [settled, setSettled] = useState<boolean | null>(null)
  const queryKey = ['reply-approval', link]
  const asked = useQuery({
    queryKey,
    queryFn: ({ signal }) => send<AskedApproval>('POST', '/public/reply-approval', { link }, { signal }),
    staleTime: Infinity,
  })
  if (asked.isError) {
    const isOver = asked.error instanceof Problem && asked.error.status === 404
    return (
      <Door title={isOver ? t('knowledge.linkOver') : t('replies.approvalTitle')}>
        {isOver ? (
          <p className={doorStyles.help}>{t('replies.approvalOver')}</p>
        ) : (
          <Failed error={asked.error} retry={asked.refetch} />
        )}
      </Door>
    )
  }
  if (asked.data === undefined)
    return (
      <Door title={t('replies.approvalTitle')} wide>
        <Loading rows={3} />
      </Door>
    )
  if (asked.data.replies.length === 0)
    return (
      <Door title={settled === null ? t('replies.approvalNothing') : t('replies.approvalThanks')}>
        <p className={doorStyles.help}>
          {settled === null
            ? t('replies.approvalNothingWords')
            : settled
              ? t('replies.approvalGoesOut')
              : t('replies.approvalGoesBack')}
        </p>
      </Door>
    )
  return (
    <Door title={t('replies.approvalTitle')} wide>
      <Asked
        asked={asked.data}
        link={link ?? ''}
        onSettled={(next, approved) => {
          setSettled(approved)
          client.setQueryData(queryKey, next)
        }}
        onChanged={() => void asked.refetch()}
      />
    </Door>
  )
}

type Settling = {
  asked: AskedApproval
  link: string
  onSettled: (next: AskedApproval, approved: boolean) => void
  /** Somebody else was quicker, or the text is another one by now. */
  onChanged: () => void
}

function Asked(props: Settling) {
  const { t } = useTranslation()
  const f = useFormat(browserTimeZone())
  const { project, approver, platform, mention, replies, endsAt } = props.asked
  return (
    <div className={styles.approval}>
      <p>{t('replies.approvalGreeting', { name: approver, project, platform: platformName(t, platform) })}</p>
      {mention === null ? (
        <p className={styles.quiet}>{t('replies.approvalGone')}</p>
      ) : (
        <blockquote className={styles.answered} dir="auto" lang={mention.lang ?? undefined}>
          {mention.title !== null && <strong>{mention.title}</strong>}
          {mention.text}
          {mention.url !== null && (
            <a href={mention.url} target="_blank" rel="noopener noreferrer nofollow">
              {t('replies.openThere')}
            </a>
          )}
        </blockquote>
      )}
      {replies.length > 1 && <p>{t('replies.approvalChoose', { count: replies.length })}</p>}
      {replies.map((reply) => (
        <Draft key={`${reply.id} ${reply.version}`} {...props} reply={reply} />
      ))}
      <p className={styles.quiet}>{t('knowledge.linkUntil', { at: f.dayOfYear(endsAt) })}</p>
    </div>
  )
}

function Draft({ reply, link, onSettled, onChanged }: Settling & { reply: AskedApproval['replies'][number] }) {
  const { t } = useTranslation()
  const [text, setText] = useState(reply.text)
  const [comment, setComment] = useState<string | null>(null)
  const { sending, save } = useSaving(t('replies.approvalNotSettled'))
  const settle = async (approved: boolean, more: object) => {
    const done = await save(async () =>
      onSettled(
        await send<AskedApproval>('POST', '/public/reply-settlement', {
          ...{ link, reply: reply.id, version: reply.version, approved },
          ...more,
        }),
        approved,
      ),
    )
    if (!done) onChanged()
  }
  const edited = text !== reply.text
  return (
    <form
      className={styles.draft}
      onSubmit={(event) => {
        event.preventDefault()
        void (comment === null ? settle(true, edited ? { text } : {}) : settle(false, { comment }))
      }}
    >
      <Textarea
        label={
          reply.writer === null ? t('replies.approvalDraft') : t('replies.approvalDraftBy', { name: reply.writer })
        }
        description={t('replies.approvalEdit')}
        value={text}
        autosize
        minRows={3}
        maxRows={16}
        maxLength={20_000}
        dir="auto"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {comment !== null && (
        <Textarea
          label={t('replies.comment')}
          value={comment}
          autosize
          minRows={2}
          maxLength={2000}
          data-autofocus
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      )}
      <div className={styles.buttons}>
        {comment === null ? (
          <>
            <Button variant="default" disabled={sending} onClick={() => setComment('')}>
              {t('replies.giveBack')}…
            </Button>
            <Button type="submit" variant="filled" loading={sending} disabled={text.trim() === ''}>
              {edited ? t('replies.approveEdited') : t('replies.approve')}
            </Button>
          </>
        ) : (
          <>
            <Button variant="default" disabled={sending} onClick={() => setComment(null)}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" variant="filled" loading={sending} disabled={comment.trim() === ''}>
              {t('replies.giveBack')}
            </Button>
          </>
        )}
      </div>
    </form>
  )
}
