import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply, TicketReplies } from '../../serve/api/shapes/reply.ts'
import { send } from '../api/client.ts'
import { useMe, useProject } from '../api/queries.ts'
import { PlatformMark } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { tellFailure } from '../parts/notices.ts'
import { isAtLeast, mayManage, mayWork } from '../parts/roles.ts'
import { ApprovalLinks } from './ApprovalLinks.tsx'
import { repliesQuery } from './queries.ts'
import { OpenThere } from './OpenThere.tsx'
import styles from './Replies.module.css'

/** Nothing is left to do for it to reach the customer: it stands where it was said. */
export function isOver({ state, lostTo }: Reply): boolean {
  return state === 'sent' || state === 'removed' || lostTo !== null
}

/** How many others wait as an answer to the same mention. */
export function rivalsOf(reply: Reply, all: readonly Reply[]): number {
  return all.filter(({ id, mention, state }) => id !== reply.id && mention === reply.mention && competing.has(state))
    .length
}

const competing = new Set<Reply['state']>(['waiting', 'approved'])

type Shown = {
  reply: Reply
  ticket: number
  /** How many others wait as an answer to the same mention. */
  rivals: number
}

/** One reply of a ticket with its state in words and what can be done with it now. */
export function ReplyCard({ reply, ticket, rivals }: Shown) {
  const { t } = useTranslation()
  const { account, platform, sentBy, writer, url } = reply
  const project = useProject()
  const { member } = useMe()
  const step = reply.approvals.length
  const waitsForClient = reply.state === 'waiting' && reply.steps[step] === 'client'
  return (
    <article className={styles.card} data-state={reply.lostTo === null ? reply.state : 'lost'}>
      <header>
        <PlatformMark platform={platform} size={14} />
        <strong>{t(reply.lostTo === null ? `replies.state_${reply.state}` : 'replies.state_lost')}</strong>
        {account !== null && <bdi className={styles.quiet}>{account.name}</bdi>}
        <bdi className={styles.quiet}>{sentBy ?? writer?.name}</bdi>
        <span className={styles.quiet}>
          <When at={reply.sentAt ?? reply.sendAt ?? reply.changedAt} />
        </span>
        {url !== null && <OpenThere url={url} />}
      </header>
      <p className={styles.text} dir="auto">
        {reply.text}
      </p>
      {reply.steps.length > 0 && reply.state === 'waiting' && (
        <p className={styles.quiet}>
          {t('replies.stepOf', {
            step: step + 1,
            steps: reply.steps.length,
            role: t(`roles.${reply.steps[step] ?? 'head'}`),
          })}
          {reply.approvals.map(({ member }) => ` · ${t('replies.approvedBy', { name: member })}`)}
        </p>
      )}
      {reply.state === 'waiting' && rivals > 0 && (
        <p className={styles.quiet}>{t('replies.rivals', { count: rivals })}</p>
      )}
      {reply.problem !== null && <p className={styles.problem}>{reply.problem}</p>}
      <Actions reply={reply} ticket={ticket} />
      {waitsForClient && mayManage(project.role) && reply.writer?.id !== member.id && <ApprovalLinks reply={reply} />}
    </article>
  )
}

function Actions({ reply, ticket }: { reply: Reply; ticket: number }) {
  const { t } = useTranslation()
  const project = useProject()
  const { member } = useMe()
  const client = useQueryClient()
  const [editing, setEditing] = useState<{ text: string; for: 'approval' | 'published' | 'return' } | null>(null)
  const [busy, setBusy] = useState(false)
  const act = async (method: 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown) => {
    const { queryKey } = repliesQuery(project.id, ticket)
    setBusy(true)
    try {
      const shown = await send<Reply>(method, `/projects/${project.id}/replies/${reply.id}${path}`, body)
      client.setQueryData<TicketReplies>(queryKey, (data) =>
        data === undefined ? data : { ...data, items: data.items.map((one) => (one.id === shown.id ? shown : one)) },
      )
      setEditing(null)
    } catch (error) {
      tellFailure(t('replies.notChanged'), error)
      await client.invalidateQueries({ queryKey })
    }
    setBusy(false)
  }
  const { version, state } = reply
  const works = mayWork(project.role)
  const settle = (approved: boolean, more: object = {}) =>
    act('PUT', '/approval', { step: reply.approvals.length, version, approved, ...more })
  const button = (words: string, run: () => void) => (
    <Button key={words} variant="default" disabled={busy} onClick={run}>
      {words}
    </Button>
  )

  if (editing !== null) {
    const save = () => {
      if (editing.for === 'approval')
        return act('PUT', '/approval', { step: reply.approvals.length, version, approved: true, text: editing.text })
      if (editing.for === 'return') return settle(false, { comment: editing.text })
      return act('PUT', '/published', { text: editing.text, version })
    }
    return (
      <form
        className={styles.editing}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <textarea
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked for this box
          autoFocus
          rows={3}
          dir="auto"
          value={editing.text}
          aria-label={editing.for === 'return' ? t('replies.comment') : t('replies.name')}
          placeholder={editing.for === 'return' ? t('replies.comment') : ''}
          onChange={(event) => setEditing({ ...editing, text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault()
              void save()
            }
            if (event.key === 'Escape') {
              event.stopPropagation()
              setEditing(null)
            }
          }}
        />
        <span className={styles.buttons}>
          {button(t('common.cancel'), () => setEditing(null))}
          <Button type="submit" disabled={busy || (editing.for !== 'return' && editing.text.trim() === '')}>
            {editing.for === 'approval'
              ? t('replies.approve')
              : editing.for === 'return'
                ? t('replies.giveBack')
                : t('replies.saveThere')}
          </Button>
        </span>
      </form>
    )
  }
  const open = (text: string, what: 'approval' | 'published' | 'return') => () => setEditing({ text, for: what })
  const offered = {
    waiting:
      reply.writer?.id === member.id ||
      reply.approvals.some(({ memberId }) => memberId === member.id) ||
      !isAtLeast(project.role, reply.steps[reply.approvals.length] ?? 'head')
        ? []
        : [
            button(t('replies.approve'), () => void settle(true)),
            button(t('replies.approveWithEdit'), open(reply.text, 'approval')),
            button(t('replies.giveBack'), open('', 'return')),
          ],
    queued: [works && button(t('replies.takeBack'), () => void act('DELETE', '/sending'))],
    unsure: [
      button(t('replies.isThere'), () => void act('PUT', '/outcome', { there: true })),
      button(t('replies.isNotThere'), () => void act('PUT', '/outcome', { there: false })),
    ],
    sent: [
      works && reply.canEdit && button(t('replies.editThere'), open(reply.text, 'published')),
      works && reply.canRemove && button(t('replies.removeThere'), () => void act('DELETE', '/published')),
    ],
  }
  const buttons = (offered[state as keyof typeof offered] ?? []).filter(Boolean)
  return buttons.length > 0 && <div className={styles.buttons}>{buttons}</div>
}
