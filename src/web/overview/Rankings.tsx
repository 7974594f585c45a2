import { useTranslation } from 'react-i18next'
import type { Overview } from '../../serve/api/shapes/overview.ts'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { Figure, When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { mediaName, platformName, sourceName } from '../parts/names.ts'
import { findHeavy } from './findings.ts'
import { inList } from '../parts/filter.ts'
import { MentionsLink } from './MentionsLink.tsx'
import styles from './Overview.module.css'
import { Panel } from './Panel.tsx'
import { Ranking } from './Ranking.tsx'

type Part = { overview: Overview; period: string }

export function TopSources({ overview: { topSources, total, measures }, period }: Part) {
  const { t } = useTranslation()
  const f = useFormat()
  const heavy = findHeavy(topSources, total)
  return (
    <Panel
      title={
        heavy === null
          ? t('overview.topSources')
          : t('overview.heavySource', { name: sourceName(t, heavy.source), share: f.percent(heavy.share) })
      }
      facts={[t('overview.mentions'), period, t('chart.basedOn', { count: total, shown: f.number(total) })]}
      formula={measures.topSources}
      table={[
        [t('filter.source'), t('filter.platform'), t('filter.media'), t('overview.volume'), t('overview.authors')],
        ...topSources.map((row) => [
          sourceName(t, row.source),
          platformName(t, row.platform),
          row.media === null ? null : mediaName(t, row.media),
          row.count,
          row.authors,
        ]),
      ]}
    >
      <Ranking
        rows={topSources.map((row) => ({
          key: `${row.platform} ${row.source}`,
          mark: <PlatformMark platform={row.platform} size={14} />,
          name: sourceName(t, row.source),
          note: t('overview.byAuthors', { count: row.authors, shown: f.number(row.authors) }),
          count: row.count,
          opens: { source: inList(row.source), platform: row.platform },
        }))}
      />
    </Panel>
  )
}

export function TopAuthors({ overview: { topAuthors, total, measures }, period }: Part) {
  const { t } = useTranslation()
  const f = useFormat()
  const theirs = topAuthors.reduce((sum, { count }) => sum + count, 0)
  const isFinding = topAuthors.length > 2 && total > 0 && theirs / total >= 0.3
  return (
    <Panel
      title={
        isFinding
          ? t('overview.fewAuthors', { count: topAuthors.length, share: f.percent(theirs / total) })
          : t('overview.topAuthors')
      }
      facts={[t('overview.mentions'), period, t('chart.basedOn', { count: total, shown: f.number(total) })]}
      formula={measures.topAuthors}
      table={[
        [t('filter.author'), t('filter.platform'), t('inbox.followers'), t('overview.volume')],
        ...topAuthors.map((row) => [
          row.name ?? row.handle ?? row.id,
          platformName(t, row.platform),
          row.followers,
          row.count,
        ]),
      ]}
    >
      {topAuthors.length === 0 ? (
        <p className={styles.little}>{t('overview.noAuthors')}</p>
      ) : (
        <Ranking
          rows={topAuthors.map((row) => ({
            key: row.id,
            mark: <PlatformMark platform={row.platform} size={14} />,
            name: row.name ?? row.handle ?? row.id,
            note: (
              <>
                <Icon name="people" size={12} />{' '}
                <Figure value={row.followers} short why={t('inbox.followersUnknown')} />
              </>
            ),
            count: row.count,
            opens: { author: row.id },
          }))}
        />
      )}
    </Panel>
  )
}

export function TopClusters({ overview: { topClusters, total, measures }, period }: Part) {
  const { t } = useTranslation()
  const f = useFormat()
  const first = topClusters[0]
  return (
    <Panel
      size="wide"
      title={
        first !== undefined && first.count >= 10
          ? t('overview.heavyCluster', { shown: f.number(first.count), authors: f.number(first.authors) })
          : t('overview.topClusters')
      }
      facts={[t('overview.mentions'), period, t('chart.basedOn', { count: total, shown: f.number(total) })]}
      formula={measures.topClusters}
      table={[
        [
          t('overview.text'),
          t('overview.volume'),
          t('overview.authors'),
          t('overview.firstSource'),
          t('overview.firstAt'),
        ],
        ...topClusters.map((row) => [
          row.text.replaceAll(/\s+/g, ' '),
          row.count,
          row.authors,
          row.firstSource === null ? null : sourceName(t, row.firstSource),
          f.exact(row.firstAt),
        ]),
      ]}
    >
      {topClusters.length === 0 ? (
        <p className={styles.little}>{t('overview.noClusters')}</p>
      ) : (
        <ol className={styles.clusters}>
          {topClusters.map(({ cluster, text, count, authors, firstAt, firstSource }) => (
            <li key={cluster}>
              <MentionsLink change={{ cluster, order: 'oldest' }} className={styles.cluster}>
                <span className={styles.copies}>
                  <Figure value={count} short />
                </span>
                <span className={styles.said}>
                  <span className={styles.text} dir="auto">
                    {text}
                  </span>
                  <span className={styles.quiet}>
                    {t('overview.byAuthors', { count: authors, shown: f.number(authors) })}
                    {firstSource !== null && (
                      <>
                        {' '}
                        · {t('overview.firstIn')} <bdi>{sourceName(t, firstSource)}</bdi>
                      </>
                    )}{' '}
                    · <When at={firstAt} />
                  </span>
                </span>
              </MentionsLink>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

export function Languages({ overview: { languages, total, measures }, period }: Part) {
  const { t } = useTranslation()
  const f = useFormat()
  const nameOf = (lang: string | null) => (lang === null ? t('overview.noLanguage') : f.language(lang))
  return (
    <Panel
      size="narrow"
      title={t('overview.languages')}
      facts={[t('overview.mentions'), period, t('chart.basedOn', { count: total, shown: f.number(total) })]}
      formula={measures.languages}
      table={[[t('filter.lang'), t('overview.volume')], ...languages.map(({ lang, count }) => [nameOf(lang), count])]}
    >
      <Ranking
        rows={languages.map(({ lang, count }) => ({
          key: lang ?? '',
          name: nameOf(lang),
          count,
          share: total === 0 ? null : count / total,
          opens: lang === null ? {} : { lang },
        }))}
      />
    </Panel>
  )
}
