import { Button, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExpertQuestion } from '../../serve/api/shapes/knowledge.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { firstField } from '../parts/first-field.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { useSaving } from '../parts/saving.ts'
import { expertQuestionsQuery } from './queries.ts'
import { QuestionLine } from './QuestionLine.tsx'
import styles from './Experts.module.css'

/** Beside a ticket: what experts were asked for it, and asking another one. The link is there to be copied at once. */
export function AskExpert({ ticket }: { ticket: number }) {
  const { t } = useTranslation()
  const asked = useQuery(expertQuestionsQuery(useProject().id, ticket))
  const [asking, setAsking] = useState(false)
  return (
    <section className={styles.experts} aria-label={t('knowledge.experts')}>
      {asked.data?.map((question) => (
        <QuestionLine key={question.id} question={question} />
      ))}
      {asking ? (
        <AskForm ticket={ticket} onClose={() => setAsking(false)} />
      ) : (
        <Button variant="subtle" onClick={() => setAsking(true)}>
          {t('knowledge.askExpert')}
        </Button>
      )}
    </section>
  )
}

function AskForm({ ticket, onClose }: { ticket: number; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => firstField(form.current)?.focus(), [])
  const [expert, setExpert] = useState('')
  const [email, setEmail] = useState('')
  const [text, setText] = useState('')
  const { sending, wrongIn, onSubmit } = useSaving(t('knowledge.notAsked'))
  const ask = async () => {
    await send<ExpertQuestion>('POST', `/projects/${project.id}/knowledge/expert-questions`, {
      ...{ ticket, expert, text, lang: i18n.language },
      email: email.trim() === '' ? null : email.trim(),
    })
    void client.invalidateQueries({ queryKey: ['project', project.id, 'knowledge', 'expert-questions'] })
    onClose()
  }
  return (
    <form ref={form} className={styles.form} onSubmit={onSubmit(ask)}>
      <TextInput
        label={t('knowledge.expertName')}
        value={expert}
        maxLength={100}
        error={wrongIn('expert')}
        onChange={(event) => setExpert(event.currentTarget.value)}
      />
      <TextInput
        label={t('knowledge.expertEmail')}
        description={t('knowledge.expertEmailHelp')}
        type="email"
        value={email}
        maxLength={200}
        error={wrongIn('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Textarea
        label={t('knowledge.expertText')}
        description={t('knowledge.expertTextHelp')}
        value={text}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={5000}
        error={wrongIn('text')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FormButtons
        does={t('knowledge.ask')}
        sending={sending}
        disabled={expert.trim() === '' || text.trim() === ''}
        onCancel={onClose}
      />
    </form>
  )
}
