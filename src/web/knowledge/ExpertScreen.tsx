import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskedOfExpert } from '../../serve/api/shapes/knowledge.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { browserTimeZone, useFormat } from '../parts/format.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { Door } from '../sign-in/Door.tsx'
import doorStyles from '../sign-in/Door.module.css'
import styles from './Experts.module.css'

/** For whoever was sent the link: one question, one answer, no account. */
export function ExpertScreen() {
  const { t } = useTranslation()
  const { link } = useParams({ strict: false })
  const [done, setDone] = useState(false)
  const asked = useQuery({
    queryKey: ['expert-question', link],
    queryFn: ({ signal }) => send<AskedOfExpert>('POST', '/public/expert-question', { link }, { signal }),
    staleTime: Infinity,
  })
  if (done)
    return (
      <Door title={t('knowledge.thanks')}>
        <p className={doorStyles.help}>{t('knowledge.thanksWords')}</p>
      </Door>
    )
  if (asked.isError) {
    const isOver = asked.error instanceof Problem && asked.error.status !== 429 && asked.error.status < 500
    return (
      <Door title={isOver ? t('knowledge.linkOver') : t('knowledge.expertTitle')}>
        {isOver ? (
          <p className={doorStyles.help}>{t('knowledge.linkOverWords')}</p>
        ) : (
          <Failed error={asked.error} retry={asked.refetch} />
        )}
      </Door>
    )
  }
  return (
    <Door title={t('knowledge.expertTitle')} wide>
      {asked.data === undefined ? (
        <Loading rows={3} />
      ) : (
        <AnswerForm asked={asked.data} link={link ?? ''} onDone={() => setDone(true)} />
      )}
    </Door>
  )
}

function AnswerForm({ asked, link, onDone }: { asked: AskedOfExpert; link: string; onDone: () => void }) {
  const { t } = useTranslation()
  const f = useFormat(browserTimeZone())
  const [text, setText] = useState('')
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const answer = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setProblem(null)
    try {
      await send('POST', '/public/expert-answer', { link, text })
      onDone()
    } catch (error) {
      setProblem(error instanceof Problem && error.message !== '' ? error.message : t('states.offlineWords'))
      setSending(false)
    }
  }
  return (
    <form className={styles.form} onSubmit={(event) => void answer(event)}>
      <p>{t('knowledge.expertGreeting', { expert: asked.expert, who: asked.askedBy, project: asked.project })}</p>
      <p className={styles.asked} dir="auto">
        {asked.text}
      </p>
      <Textarea
        label={t('knowledge.yourAnswer')}
        description={t('knowledge.yourAnswerHelp')}
        value={text}
        autosize
        minRows={6}
        maxRows={20}
        maxLength={20_000}
        error={problem}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" loading={sending} disabled={text.trim() === ''}>
        {t('knowledge.sendAnswer')}
      </Button>
      <p className={styles.quiet}>{t('knowledge.linkUntil', { at: f.dayOfYear(asked.expiresAt) })}</p>
    </form>
  )
}
