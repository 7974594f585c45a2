import { useTranslation } from 'react-i18next'
import type { Understood } from '../../serve/api/shapes/understood.ts'
import { useProject } from '../api/queries.ts'
import { tonalitySigns } from '../inbox/MentionRow.tsx'
import { useFormat } from '../parts/format.ts'
import { mayWork } from '../parts/roles.ts'
import { Agreement } from './Agreement.tsx'
import { MentionsLink, type MentionsSearch } from './MentionsLink.tsx'
import { Panel } from './Panel.tsx'
import styles from './Understood.module.css'

/** How the mentions divide into tonalities, each with the interval in which the truth lies, and why one may believe it. */
export function TonalityShares({ understood, period }: { understood: Understood; period: string }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { tonality, measures } = understood
  const { shares, mentions, judged, unsure, unknown } = tonality
  const percent = (share: number) => f.percent(Math.round(share * 100) / 100)
  const range = ({ low, high }: { low: number; high: number }) =>
    t('overview.fromTo', { low: percent(low), high: percent(high) })
  const negative = shares.find((share) => share.tonality === 'negative')
  return (
    <Panel
      title={
        negative === undefined
          ? t('overview.tonality')
          : t('overview.negativeShare', { share: percent(negative.estimate), range: range(negative) })
      }
      facts={[t('overview.shareUnit'), period, t('chart.basedOn', { count: mentions, shown: f.number(mentions) })]}
      formula={measures.tonality}
      table={[
        [t('filter.sentiment'), t('overview.shareUnit'), t('overview.lowEnd'), t('overview.highEnd')],
        ...shares.map(({ tonality: name, estimate, low, high }) => [
          t(`tonality.${name}`),
          percent(estimate),
          percent(low),
          percent(high),
        ]),
      ]}
    >
      {shares.length === 0 ? (
        <p className={styles.quiet}>{t('overview.noTonality')}</p>
      ) : (
        <ol className={styles.shares}>
          {shares.map((share) => (
            <li key={share.tonality}>
              <MentionsLink change={{ sentiment: share.tonality }} className={styles.share}>
                <span className={styles.name} data-tonality={share.tonality}>
                  <span aria-hidden="true">{tonalitySigns[share.tonality]}</span> {t(`tonality.${share.tonality}`)}
                </span>
                <span className={styles.figures}>
                  <strong>{percent(share.estimate)}</strong> <span className={styles.quiet}>{range(share)}</span>
                </span>
                <span className={styles.track} data-tonality={share.tonality} aria-hidden="true">
                  <i className={styles.bar} style={{ width: `${share.estimate * 100}%` }} />
                  <i
                    className={styles.whisker}
                    style={{ left: `${share.low * 100}%`, width: `${(share.high - share.low) * 100}%` }}
                  />
                </span>
              </MentionsLink>
            </li>
          ))}
        </ol>
      )}
      <p className={styles.facts}>
        <Behind count={judged} opens={{ mark: 'judged' }}>
          {t('overview.judged', { count: judged, shown: f.number(judged) })}
        </Behind>
        <Behind count={unsure} opens={{ mark: 'unsure' }}>
          {t('overview.unsure', { count: unsure, shown: f.number(unsure) })}
        </Behind>
        {unknown > 0 && <span>{t('overview.leftOut', { count: unknown, shown: f.number(unknown) })}</span>}
      </p>
      {shares.length > 0 && <Checked tonality={tonality} />}
      <Agreement understood={understood} about="sentiment" />
    </Panel>
  )
}

function Behind({ count, opens, children }: { count: number; opens: MentionsSearch; children: string }) {
  return count === 0 ? <span>{children}</span> : <MentionsLink change={opens}>{children}</MentionsLink>
}

/** Whether the machine was checked on these very mentions, and how people can do that. */
function Checked({ tonality: { by, drawn, neededDrawn } }: { tonality: Understood['tonality'] }) {
  const { t } = useTranslation()
  const f = useFormat()
  const works = mayWork(useProject().role)
  const link = works && (
    <MentionsLink change={{ order: 'drawn' }}>
      {t(by === 'people' ? 'overview.judgeMore' : 'overview.judgeDrawn', { count: neededDrawn })}
    </MentionsLink>
  )
  return (
    <p className={styles.checked} data-by={by}>
      {by === 'people'
        ? t('overview.checked', { count: drawn, shown: f.number(drawn) })
        : t('overview.unchecked', { shown: f.number(drawn), needed: f.number(neededDrawn) })}{' '}
      {link}
    </p>
  )
}
