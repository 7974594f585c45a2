import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Service, ServiceFigures } from '../../serve/api/shapes/service.ts'
import { Formula } from '../overview/Formula.tsx'
import { Figure, Unknown } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { useServiceSearch } from './address.ts'
import styles from './Service.module.css'
import { useLength } from './words.ts'

type Figures = ServiceFigures

/** The figures that tickets alone tell, each with what it was before and the tickets behind it. */
export function Tiles({ service }: { service: Service }) {
  const { t } = useTranslation()
  const f = useFormat()
  const length = useLength()
  const { search } = useServiceSearch()
  const { figures: now, figuresBefore: before, measures } = service
  const { counts } = now
  const isWork = search.hours === 'work'
  const times = (of: Figures) =>
    isWork ? { first: of.firstWork, solution: of.solutionWork } : { first: of.first, solution: of.solution }
  const percent = (value: number | null) => (value === null ? null : f.percent(value))
  const spoken = (ms: number | null) => (ms === null ? null : length(ms))
  return (
    <dl className={styles.tiles}>
      <Tile
        name={t('service.tickets')}
        formula={measures.tickets}
        value={<Figure value={counts.all} />}
        part="all"
        before={f.number(before.counts.all ?? 0)}
      >
        <Note part="solved">
          {t('service.ticketsNote', { solved: f.number(counts.solved ?? 0), open: f.number(counts.unsolved ?? 0) })}
        </Note>
      </Tile>
      <Tile
        name={t('service.answered')}
        formula={measures.answered}
        value={percent(now.shareAnswered)}
        part="answered"
        before={percent(before.shareAnswered)}
      >
        <Note>
          {t('service.answeredNote', { answered: f.number(now.answeredMentions), all: f.number(now.mentions) })}
        </Note>
        {(counts.unanswered ?? 0) > 0 && (
          <Note part="unanswered">{t('service.unanswered', { shown: f.number(counts.unanswered ?? 0) })}</Note>
        )}
      </Tile>
      <TimeTile
        name={t('service.firstResponse')}
        formula={measures.firstResponse}
        times={times(now).first}
        before={spoken(times(before).first.median)}
        target={percent(now.firstInTarget)}
        parts={['answered', 'first-kept', 'first-missed']}
        counts={counts}
      />
      <TimeTile
        name={t('service.solution')}
        formula={measures.solution}
        times={times(now).solution}
        before={spoken(times(before).solution.median)}
        target={percent(now.solutionInTarget)}
        parts={['solved', 'solution-kept', 'solution-missed']}
        counts={counts}
      />
      <Tile
        name={t('service.satisfied')}
        formula={measures.satisfied}
        value={percent(now.satisfied?.estimate ?? null)}
        why={t('service.satisfiedNone')}
        part="satisfied"
        before={percent(before.satisfied?.estimate ?? null)}
        beside={
          now.satisfied &&
          t('service.interval', { low: f.percent(now.satisfied.low), high: f.percent(now.satisfied.high) })
        }
      >
        <Note part="unsatisfied">
          {t('service.satisfiedNote', {
            satisfied: f.number(counts.satisfied ?? 0),
            unsatisfied: f.number(counts.unsatisfied ?? 0),
          })}
        </Note>
        <Note part="silent">
          {t('service.satisfiedRest', {
            silent: f.number(counts.silent ?? 0),
            undecided: f.number(counts.undecided ?? 0),
            unknown: f.number(counts.unknown ?? 0),
          })}
        </Note>
      </Tile>
      <Tile
        name={t('service.breaches')}
        formula={measures.breaches}
        value={<Figure value={counts.breached} />}
        part="breached"
        before={f.number(before.counts.breached ?? 0)}
      >
        <Note>{t('service.breachesNote', { shown: f.number(now.breaches) })}</Note>
      </Tile>
    </dl>
  )
}

function TimeTile({
  name,
  formula,
  times,
  before,
  target,
  parts: [all, kept, missed],
  counts,
}: {
  name: string
  formula: string | undefined
  times: Figures['first']
  before: string | null
  target: string | null
  parts: [string, string, string]
  counts: { [part: string]: number | undefined }
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const length = useLength()
  const { median, p90 } = times
  return (
    <Tile
      name={name}
      formula={formula}
      value={median === null ? null : length(median)}
      why={t('service.noneYet')}
      part={all}
      before={before}
      beside={median !== null && t('service.median')}
    >
      {p90 !== null && <Note>{t('service.p90', { time: length(p90) })}</Note>}
      {target === null ? (
        <Note>{t('service.noTarget')}</Note>
      ) : (
        <Note part={(counts[missed] ?? 0) > 0 ? missed : kept}>
          {t('service.inTarget', { share: target })},{' '}
          {t('service.inTargetOf', { kept: f.number(counts[kept] ?? 0), missed: f.number(counts[missed] ?? 0) })}
        </Note>
      )}
    </Tile>
  )
}

/** `before` null: there was nothing to compare with. */
export function Tile({
  name,
  formula,
  value,
  why,
  part,
  before,
  beside,
  children,
}: {
  name: string
  formula: string | undefined
  value: ReactNode
  why?: string
  part?: string
  before?: string | null
  beside?: ReactNode
  children?: ReactNode
}) {
  const { t } = useTranslation()
  const { set } = useServiceSearch()
  return (
    <div className={styles.tile}>
      <dt>
        {name} <Formula of={formula} />
      </dt>
      <dd className={styles.big}>
        {value === null ? (
          <Unknown why={why} />
        ) : part === undefined ? (
          value
        ) : (
          <button type="button" className={styles.opens} title={t('service.opens')} onClick={() => set({ part })}>
            {value}
          </button>
        )}
        {beside !== undefined && beside !== null && beside !== false && <span className={styles.beside}>{beside}</span>}
      </dd>
      {before !== undefined && (
        <dd className={styles.under}>
          {before === null ? t('service.noBefore') : t('service.against', { shown: before })}
        </dd>
      )}
      {children}
    </div>
  )
}

function Note({ part, children }: { part?: string; children: ReactNode }) {
  const { t } = useTranslation()
  const { set } = useServiceSearch()
  return (
    <dd className={styles.under}>
      {part === undefined ? (
        children
      ) : (
        <button type="button" className={styles.opens} title={t('service.opens')} onClick={() => set({ part })}>
          {children}
        </button>
      )}
    </dd>
  )
}
