import { useTranslation } from 'react-i18next'
import type { Understood } from '../../serve/api/shapes/understood.ts'
import { Unknown } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { stageName } from '../parts/names.ts'
import { Agreement } from './Agreement.tsx'
import { MentionsLink } from './MentionsLink.tsx'
import { Panel } from './Panel.tsx'
import styles from './Understood.module.css'

type One = Understood['stages']['shares'][number]

/** Where people stand in the cycle of a consumer: how many were found, and the share that this means with its interval. */
export function StageShares({ understood, period }: { understood: Understood; period: string }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { shares, mentions, judged, unknown } = understood.stages
  const percent = (share: number) =>
    share > 0 && share < 0.005 ? `< ${f.percent(0.01)}` : f.percent(Math.round(share * 100) / 100)
  // What is said to be certain is rounded outwards.
  const range = ({ low, high }: { low: number; high: number }) =>
    t('overview.fromTo', {
      low: f.percent(Math.floor(low * 100) / 100),
      high: f.percent(Math.ceil(high * 100) / 100),
    })
  const named = ({ stage }: One) => (stage === null ? t('overview.noStage') : stageName(t, stage))
  const stages = shares.filter(({ stage }) => stage !== null)
  const none = shares.find(({ stage }) => stage === null)
  const widest = Math.max(0.01, ...stages.map(({ share }) => share?.high ?? 0))
  const [first, second] = stages.toSorted((a, b) => (b.share?.estimate ?? 0) - (a.share?.estimate ?? 0))
  const leads = first?.share != null && first.share.low > (second?.share?.estimate ?? 0)
  return (
    <Panel
      title={
        leads && first.share !== null
          ? t('overview.stageLeads', {
              stage: named(first),
              share: percent(first.share.estimate),
              range: range(first.share),
            })
          : t('overview.stages')
      }
      facts={[t('overview.shareUnit'), period, t('chart.basedOn', { count: mentions, shown: f.number(mentions) })]}
      formula={understood.measures.stages}
      size="tall"
      table={[
        [t('filter.stage'), t('overview.found'), t('overview.shareUnit'), t('overview.lowEnd'), t('overview.highEnd')],
        ...shares.map((one) => [
          named(one),
          one.found,
          one.share && percent(one.share.estimate),
          one.share && percent(one.share.low),
          one.share && percent(one.share.high),
        ]),
      ]}
    >
      <ol className={styles.shares}>
        {stages.map((one) => (
          <li key={one.stage}>
            <Row one={one} name={named(one)} widest={widest} percent={percent} range={range} />
          </li>
        ))}
      </ol>
      {none !== undefined && (
        <p className={styles.facts}>
          <MentionsLink change={{ stage: 'unknown' }}>
            {t('overview.stageNone', { count: none.found, shown: f.number(none.found) })}
          </MentionsLink>
          {none.share !== null && <span>{`${percent(none.share.estimate)} (${range(none.share)})`}</span>}
          {judged > 0 && <span>{t('overview.judged', { count: judged, shown: f.number(judged) })}</span>}
          {unknown > 0 && <span>{t('overview.stagesLeftOut', { count: unknown, shown: f.number(unknown) })}</span>}
        </p>
      )}
      <Agreement understood={understood} about="stage" />
    </Panel>
  )
}

function Row({
  one: { stage, found, share },
  name,
  widest,
  percent,
  range,
}: {
  one: One
  name: string
  widest: number
  percent: (share: number) => string
  range: (share: { low: number; high: number }) => string
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const part = (value: number) => `${(value / widest) * 100}%`
  return (
    <MentionsLink change={{ stage: stage ?? 'unknown' }} className={styles.share}>
      <span className={styles.stage}>
        {name} <span className={styles.quiet}>{t('overview.foundMany', { count: found, shown: f.number(found) })}</span>
      </span>
      <span className={styles.figures}>
        {share === null ? (
          <Unknown why={t('overview.stageUnmeasured')} />
        ) : (
          <>
            <strong>{percent(share.estimate)}</strong> <span className={styles.quiet}>{range(share)}</span>
          </>
        )}
      </span>
      {share !== null && (
        <span className={styles.track} aria-hidden="true">
          <i className={styles.bar} style={{ width: part(share.estimate) }} />
          <i className={styles.whisker} style={{ left: part(share.low), width: part(share.high - share.low) }} />
        </span>
      )}
    </MentionsLink>
  )
}
