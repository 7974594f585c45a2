import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncidentAnswer } from '../../serve/api/shapes/incident-answer.ts'
import type { Reply } from '../../serve/api/shapes/reply.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { PlatformMark } from '../look/icons.tsx'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { Empty } from '../parts/states.tsx'
import { policyQuery } from './queries.ts'
import styles from './IncidentAnswers.module.css'
import { Warnings } from './Warnings.tsx'

const variables = ['customer.name', 'ticket.number', 'member.name', 'project.name'] as const

/** One answer to everybody of an incident: written once, worded for each, read by the same checks, and sent one by one. */
export function IncidentAnswers({ incident, onClose }: { incident: number; onClose: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const [text, setText] = useState('')
  const [answers, setAnswers] = useState<IncidentAnswer[] | null>(null)
  const { sending, wrongIn, onSubmit } = useSaving(t('incident.notDrafted'))
  if (answers !== null) return <Worded answers={answers} onClose={onClose} />
  return (
    <form
      className={styles.form}
      onSubmit={onSubmit(async () => {
        const path = `/projects/${project.id}/incidents/${incident}/drafts`
        setAnswers((await send<{ items: IncidentAnswer[] }>('POST', path, { text })).items)
      })}
    >
      <Textarea
        label={t('incident.text')}
        description={t('incident.help', { names: variables.map((name) => `{{${name}}}`).join(' ') })}
        autosize
        minRows={5}
        maxRows={14}
        maxLength={20_000}
        data-autofocus
        value={text}
        error={wrongIn('text')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FormButtons does={t('incident.word')} sending={sending} disabled={text.trim() === ''} onCancel={onClose} />
    </form>
  )
}

function Worded({ answers, onClose }: { answers: IncidentAnswer[]; onClose: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const steps = useQuery(policyQuery(project.id)).data?.steps ?? []
  const [items, setItems] = useState(answers)
  const [busy, setBusy] = useState(false)
  // What has no account is copied by a person; it stays a draft in its ticket.
  const ready = items.filter(
    ({ reply, warnings }) =>
      reply.state === 'draft' && (reply.account !== null || steps.length > 0) && !warnings.some(({ blocks }) => blocks),
  )
  const put = (changed: IncidentAnswer) =>
    setItems((all) => all.map((one) => (one.reply.id === changed.reply.id ? changed : one)))
  const at = ({ id }: Reply) => `/projects/${project.id}/replies/${id}`

  const reword = async (answer: IncidentAnswer, text: string) => {
    if (text === answer.reply.text) return
    try {
      const reply = await send<Reply>('PUT', `${at(answer.reply)}/text`, { text, version: answer.reply.version })
      const { items: warnings } = await send<{ items: IncidentAnswer['warnings'] }>('POST', `${at(reply)}/checks`, {
        text,
      })
      put({ ...answer, reply, warnings })
    } catch (error) {
      tellFailure(t('replies.notKept'), error)
    }
  }
  const sendAll = async () => {
    setBusy(true)
    let sent = 0
    for (const answer of ready) {
      const { reply, warnings } = answer
      // They stand beside each text here, and that the answers are alike is what was asked for.
      const despite = [...new Set([...warnings.map(({ check }) => check), 'alike'])]
      try {
        const gone =
          steps.length > 0
            ? await send<Reply>('POST', `${at(reply)}/submission`, { version: reply.version })
            : await send<Reply>('POST', `${at(reply)}/sending`, { version: reply.version, sendAt: null, despite })
        put({ ...answer, reply: gone })
        sent++
      } catch (error) {
        tellFailure(t('incident.notSent', { ticket: reply.ticket }), error)
      }
    }
    setBusy(false)
    if (sent > 0) tell(t(steps.length > 0 ? 'incident.submitted' : 'incident.sent', { count: sent }))
    await client.invalidateQueries({ queryKey: ['project', project.id] })
  }

  if (items.length === 0) return <Empty says={t('incident.nobody')} />
  return (
    <div className={styles.form}>
      <ul className={styles.answers}>
        {items.map((answer) => (
          <li key={answer.reply.id}>
            <p className={styles.to}>
              <PlatformMark platform={answer.reply.platform} size={14} /> #{answer.reply.ticket}{' '}
              <bdi>{answer.author ?? '—'}</bdi>{' '}
              <span>
                {answer.reply.state !== 'draft'
                  ? t(`replies.state_${answer.reply.state}`)
                  : answer.reply.account === null && steps.length === 0
                    ? t('incident.byHand')
                    : answer.reply.account?.name}
              </span>
            </p>
            <Textarea
              aria-label={t('incident.answerTo', { name: answer.author ?? '—' })}
              autosize
              maxRows={10}
              maxLength={20_000}
              defaultValue={answer.reply.text}
              disabled={answer.reply.state !== 'draft'}
              onBlur={(event) => void reword(answer, event.currentTarget.value)}
            />
            {answer.reply.state === 'draft' && <Warnings warnings={answer.warnings} asked={false} />}
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        {ready.length > 0 && (
          <Button variant="filled" loading={busy} onClick={() => void sendAll()}>
            {t(steps.length > 0 ? 'incident.submitAll' : 'incident.sendAll', { count: ready.length })}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={onClose}>
          {items.some(({ reply }) => reply.state === 'draft') ? t('incident.later') : t('common.close')}
        </Button>
      </div>
    </div>
  )
}
