import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlayDetail } from '../../serve/api/shapes/playbook.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { useKeys } from '../parts/keys.ts'
import { tellFailure } from '../parts/notices.ts'
import { Page } from '../parts/Page.tsx'
import { Answer } from '../parts/states.tsx'
import { AlarmWords } from './AlarmWords.tsx'
import { PlayStep } from './PlayStep.tsx'
import { playQuery } from './queries.ts'
import rows from '../parts/Rows.module.css'
import styles from './Playbooks.module.css'

/** A playbook at work: what is next, the words that may be used, and the record of what was done when. */
export function PlayPage({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const play = useQuery(playQuery(project.id, id))
  return (
    <Page
      title={play.data?.play.name ?? t('playbooks.title')}
      actions={
        <Button variant="subtle" leftSection={<Icon name="left" />} onClick={onClose}>
          {t('playbooks.back')}
        </Button>
      }
    >
      <div className={rows.screen}>
        <Answer of={play} rows={5}>
          {(detail) => <Work detail={detail} />}
        </Answer>
      </div>
    </Page>
  )
}

function Work({ detail: { play, alarms, steps, record } }: { detail: PlayDetail }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const at = `/projects/${project.id}/plays/${play.id}`
  const isOver = play.endedAt !== null
  const change = async (method: 'POST' | 'PUT', path: string, body: unknown): Promise<boolean> => {
    try {
      const next = await send<PlayDetail>(method, `${at}/${path}`, body)
      client.setQueryData(playQuery(project.id, String(play.id)).queryKey, next)
      void client.invalidateQueries({ queryKey: ['project', project.id, 'plays'] })
      return true
    } catch (error) {
      tellFailure(t('playbooks.notChanged'), error)
      return false
    }
  }
  const next = steps.find(({ state }) => state === 'open')
  const put = (position: number, state: 'open' | 'done' | 'skipped') =>
    void change('PUT', 'step', { position, state, note: null })
  useKeys(t('playbooks.title'), [
    {
      keys: 'e',
      does: t('playbooks.doneNext'),
      off: next === undefined || isOver,
      run: () => next !== undefined && put(next.position, 'done'),
    },
  ])
  return (
    <>
      <p className={rows.quiet}>
        {t(`playbooks.kind_${play.kind}`)} · {t('playbooks.settled', { done: play.settled, of: play.steps })}
        {play.ticket !== null && (
          <>
            {' · '}
            <Link
              to="/projects/$project/tickets/$ticket"
              params={{ project: String(project.id), ticket: String(play.ticket.id) }}
            >
              #{play.ticket.id} <bdi>{play.ticket.title}</bdi>
            </Link>
          </>
        )}
      </p>
      {alarms.length > 0 && (
        <section className={rows.part}>
          <h2>{t('playbooks.answers')}</h2>
          <ul className={rows.list}>
            {alarms.map((alarm) => (
              <li key={alarm.id} className={rows.row}>
                <AlarmWords alarm={alarm} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <ol className={styles.steps}>
        {steps.map((step) => (
          <PlayStep
            key={step.position}
            step={step}
            isNext={step === next && !isOver}
            onPut={isOver ? null : (state) => put(step.position, state)}
          />
        ))}
      </ol>
      {!isOver && (
        <form
          className={rows.form}
          onSubmit={(event) => {
            event.preventDefault()
            void change('POST', 'notes', { note }).then((done) => done && setNote(''))
          }}
        >
          <Textarea
            label={t('playbooks.note')}
            autosize
            minRows={2}
            maxLength={5000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div className={rows.buttons}>
            <Button type="submit" disabled={note.trim() === ''}>
              {t('playbooks.writeNote')}
            </Button>
            <Button
              onClick={() =>
                void change('POST', 'end', { note: note.trim() || null }).then((done) => done && setNote(''))
              }
            >
              {t('playbooks.end')}
            </Button>
          </div>
        </form>
      )}
      <section className={rows.part}>
        <h2>{t('playbooks.record')}</h2>
        <ul className={rows.list}>
          {record.map(({ id, at: when, actor, kind, position, note: words }) => (
            <li key={id} className={rows.event}>
              <span className={rows.at}>
                <When at={when} />
              </span>
              <span className={rows.words}>
                <bdi className={rows.strong}>{actor ?? 'Heed'}</bdi>{' '}
                {t(`playbooks.event_${kind}`, { step: steps[position ?? -1]?.title ?? '' })}
                {words !== null && (
                  <>
                    {': '}
                    <bdi>{words}</bdi>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
