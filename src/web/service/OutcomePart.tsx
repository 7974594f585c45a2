import { Button, NumberInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Evidence, TicketOutcome, Verdict } from '../../serve/api/shapes/outcome.ts'
import type { WorkMinutes } from '../../serve/api/shapes/service.ts'
import { send } from '../api/client.ts'
import { useMe, useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { offerUndo, tell, tellFailure } from '../parts/notices.ts'
import { mayManage } from '../parts/roles.ts'
import { Segments } from '../parts/Segments.tsx'
import { minutesQuery, outcomeQuery } from './queries.ts'
import styles from './Service.module.css'
import { minuteMs, resultName, useLength } from './words.ts'

/** How a ticket ended for its author and what that stands on; a person marks it by key, and writes down their time. */
export function OutcomePart({ ticket }: { ticket: number }) {
  const { t } = useTranslation()
  const project = useProject()
  const found = useQuery(outcomeQuery(project.id, ticket)).data
  if (found === undefined) return null
  return (
    <section className={styles.outcome}>
      <Result ticket={ticket} found={found} />
      {found.evidence.length > 0 && (
        <details>
          <summary className={styles.quiet}>{t('outcome.evidence')}</summary>
          <ul className={styles.evidence}>
            {found.evidence.map((one) => (
              <li key={one.id}>
                <span>{evidenceName(t, one)}</span>
                <span className={styles.quiet}>
                  <When at={one.at} />
                </span>
                {one.words !== null && <bdi className={styles.quiet}>«{one.words}»</bdi>}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Minutes ticket={ticket} />
    </section>
  )
}

function Result({ ticket, found: { outcome, evidence } }: { ticket: number; found: TicketOutcome }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const newest = evidence.findLast(({ kind }) => kind === 'mark' || kind === 'mark-removed')
  const marked = newest?.kind === 'mark' ? newest.verdict : null
  const put = async (verdict: Verdict | null) => {
    client.setQueryData(
      outcomeQuery(project.id, ticket).queryKey,
      await send<TicketOutcome>('PUT', `/projects/${project.id}/tickets/${ticket}/outcome`, { verdict }),
    )
  }
  const mark = async (verdict: Verdict | null) => {
    if (verdict === marked) return
    try {
      await put(verdict)
      const words =
        verdict === null ? t('outcome.unmarkedNow') : t('outcome.marked', { result: resultName(t, verdict) })
      offerUndo(words, () => put(marked))
    } catch (error) {
      tellFailure(t('outcome.notMarked'), error)
    }
  }
  useKeys(t('outcome.keys'), [
    { keys: '+', does: t('outcome.markSatisfied'), run: () => void mark('satisfied') },
    { keys: '-', does: t('outcome.markUnsatisfied'), run: () => void mark('unsatisfied') },
    { keys: '0', does: t('outcome.unmark'), off: marked === null, run: () => void mark(null) },
  ])
  return (
    <div className={styles.outcomeHead}>
      <h3>{t('outcome.title')}</h3>
      {outcome === null ? (
        <span className={styles.quiet}>{t('outcome.notBegun')}</span>
      ) : (
        <>
          <span className={styles.result} data-result={outcome.result ?? undefined}>
            {resultName(t, outcome.result)}
          </span>
          <span className={styles.quiet}>
            {outcome.result === null || outcome.saidBy === null
              ? t('outcome.unknownWhy', { day: f.day(outcome.until) })
              : t(`outcome.saidBy_${outcome.saidBy}`)}
          </span>
        </>
      )}
      <Segments
        label={t('outcome.mark')}
        chosen={marked ?? 'none'}
        onChoose={(value) => void mark(value === 'none' ? null : value)}
        options={[
          { value: 'satisfied', label: t('outcome.result_satisfied'), title: `${t('outcome.markSatisfied')} (+)` },
          {
            value: 'unsatisfied',
            label: t('outcome.result_unsatisfied'),
            title: `${t('outcome.markUnsatisfied')} (−)`,
          },
          { value: 'none', label: t('outcome.unmarked'), title: `${t('outcome.unmark')} (0)` },
        ]}
      />
    </div>
  )
}

function Minutes({ ticket }: { ticket: number }) {
  const { t } = useTranslation()
  const length = useLength()
  const project = useProject()
  const { member } = useMe()
  const client = useQueryClient()
  const { queryKey } = minutesQuery(project.id, ticket)
  const lines = useQuery(minutesQuery(project.id, ticket)).data ?? []
  const [minutes, setMinutes] = useState<number | string>('')
  const all = lines.reduce((sum, line) => sum + line.minutes, 0)
  const put = async (body: { minutes: number; day?: string }) => {
    await send('POST', `/projects/${project.id}/tickets/${ticket}/minutes`, body)
    await client.invalidateQueries({ queryKey })
  }
  const add = async (event: FormEvent) => {
    event.preventDefault()
    if (typeof minutes !== 'number' || minutes < 1) return
    try {
      await put({ minutes })
      setMinutes('')
      tell(t('outcome.minutesSaved', { time: length(minutes * minuteMs) }))
    } catch (error) {
      tellFailure(t('outcome.minutesNotSaved'), error)
    }
  }
  const remove = async (line: WorkMinutes) => {
    try {
      await send('DELETE', `/projects/${project.id}/work-minutes/${line.id}`)
      await client.invalidateQueries({ queryKey })
      offerUndo(t('outcome.minutesGone', { time: length(line.minutes * minuteMs) }), () =>
        put({ minutes: line.minutes, day: line.day }),
      )
    } catch (error) {
      tellFailure(t('outcome.minutesNotSaved'), error)
    }
  }
  return (
    <form className={styles.minutes} onSubmit={(event) => void add(event)}>
      <span>
        {t('outcome.minutes')}: {all === 0 ? t('outcome.minutesNone') : length(all * minuteMs)}
      </span>
      {lines.map((line) => (
        <span key={line.id} className={styles.quiet}>
          <bdi>{line.member.name}</bdi> {length(line.minutes * minuteMs)}
          {(line.member.id === member.id || mayManage(project.role)) && (
            <button
              type="button"
              className={styles.opens}
              aria-label={t('outcome.minutesRemove', { time: length(line.minutes * minuteMs) })}
              onClick={() => void remove(line)}
            >
              <Icon name="close" size={12} />
            </button>
          )}
        </span>
      ))}
      <NumberInput
        size="xs"
        aria-label={t('outcome.minutesAdd')}
        placeholder={t('outcome.minutesPlace')}
        value={minutes}
        min={1}
        max={1440}
        allowDecimal={false}
        hideControls
        onChange={setMinutes}
      />
      <Button size="compact-sm" type="submit" disabled={typeof minutes !== 'number' || minutes < 1}>
        {t('outcome.minutesAdd')}
      </Button>
    </form>
  )
}

function evidenceName(t: TFunction, { kind, verdict, from, to, actor }: Evidence): string {
  switch (kind) {
    case 'answer':
      return t(`outcome.kind_answer_${verdict ?? 'unsatisfied'}`)
    case 'mark':
      return t(`outcome.kind_mark_${verdict ?? 'unsatisfied'}`, { who: `\u2068${actor ?? ''}\u2069` })
    case 'mark-removed':
      return t('outcome.kind_mark-removed', { who: `\u2068${actor ?? ''}\u2069` })
    case 'rating-up':
    case 'rating-down':
      return t(`outcome.kind_${kind}`, { from: from ?? '—', to: to ?? '—' })
    default:
      return t(`outcome.kind_${kind}`)
  }
}
