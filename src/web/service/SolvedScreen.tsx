import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskedCustomer, Verdict } from '../../serve/api/shapes/outcome.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { useSaving } from '../parts/saving.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { Door } from '../sign-in/Door.tsx'
import doorStyles from '../sign-in/Door.module.css'
import styles from './Service.module.css'

/** For a customer who was sent the link: one question, one press, no account. */
export function SolvedScreen() {
  const { t } = useTranslation()
  const { link } = useParams({ strict: false })
  const client = useQueryClient()
  const queryKey = ['outcome-question', link]
  const asked = useQuery({
    queryKey,
    queryFn: ({ signal }) => send<AskedCustomer>('POST', '/public/outcome-question', { link }, { signal }),
    staleTime: Infinity,
  })
  if (asked.isError) {
    const isOver = asked.error instanceof Problem && asked.error.status !== 429 && asked.error.status < 500
    return (
      <Door title={isOver ? t('outcome.over') : t('outcome.askTitle')}>
        {isOver ? (
          <p className={doorStyles.help}>{t('outcome.overWords')}</p>
        ) : (
          <Failed error={asked.error} retry={asked.refetch} />
        )}
      </Door>
    )
  }
  return (
    <Door title={t('outcome.askTitle')} wide>
      {asked.data === undefined ? (
        <Loading rows={2} />
      ) : (
        <Question
          asked={asked.data}
          link={link ?? ''}
          onAnswered={(answered) => client.setQueryData(queryKey, answered)}
        />
      )}
    </Door>
  )
}

function Question({
  asked,
  link,
  onAnswered,
}: {
  asked: AskedCustomer
  link: string
  onAnswered: (answered: AskedCustomer) => void
}) {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [wordsSent, setWordsSent] = useState(false)
  const { sending, save } = useSaving(t('service.notSaved'))
  const answer = (verdict: Verdict, said?: string) =>
    save(async () =>
      onAnswered(
        await send<AskedCustomer>('POST', '/public/outcome-answer', {
          ...{ link, verdict },
          ...(said === undefined ? {} : { words: said }),
        }),
      ),
    )
  return (
    <div className={styles.asked}>
      <p>{t('outcome.askWords', { project: `\u2068${asked.project}\u2069` })}</p>
      {asked.answer !== null && (
        <p role="status">{t(asked.answer === 'satisfied' ? 'outcome.thanksYes' : 'outcome.thanksNo')}</p>
      )}
      <div className={styles.answers}>
        {(['satisfied', 'unsatisfied'] as const).map((verdict) => (
          <Button
            key={verdict}
            size="md"
            variant={asked.answer === null || asked.answer === verdict ? 'filled' : 'default'}
            aria-pressed={asked.answer === verdict}
            loading={sending}
            onClick={() => void answer(verdict)}
          >
            {t(verdict === 'satisfied' ? 'outcome.yes' : 'outcome.no')}
          </Button>
        ))}
      </div>
      {asked.answer !== null && (
        <>
          <p className={styles.quiet}>{t('outcome.changeMind')}</p>
          {wordsSent ? (
            <p role="status">{t('outcome.wordsSent')}</p>
          ) : (
            <form
              className={styles.asked}
              onSubmit={(event) => {
                event.preventDefault()
                void answer(asked.answer ?? 'satisfied', words.trim()).then(setWordsSent)
              }}
            >
              <Textarea
                label={t('outcome.askMore')}
                value={words}
                autosize
                minRows={3}
                maxLength={1000}
                onChange={(event) => setWords(event.currentTarget.value)}
              />
              <Button type="submit" loading={sending} disabled={words.trim() === ''}>
                {t('outcome.send')}
              </Button>
            </form>
          )}
        </>
      )}
    </div>
  )
}
