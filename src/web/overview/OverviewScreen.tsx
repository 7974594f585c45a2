import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Overview } from '../../serve/api/shapes/overview.ts'
import { Problem } from '../api/problem.ts'
import { type OpenProject, useProject, useTopics } from '../api/queries.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { noFilters, useFilter } from '../parts/filter.ts'
import { useFormat } from '../parts/format.ts'
import { Page } from '../parts/Page.tsx'
import { QueryLine } from '../parts/QueryLine.tsx'
import { mayManage } from '../parts/roles.ts'
import { Answer, Empty, Loading } from '../parts/states.tsx'
import styles from './Overview.module.css'
import { Coverage } from './Coverage.tsx'
import { overviewQuery, understoodQuery } from './queries.ts'
import { Languages, TopAuthors, TopClusters, TopSources } from './Rankings.tsx'
import { ShareOfVoice } from './ShareOfVoice.tsx'
import { StageShares } from './StageShares.tsx'
import { TonalityShares } from './TonalityShares.tsx'
import { Totals } from './Totals.tsx'
import { VolumeChart } from './VolumeChart.tsx'

export function OverviewScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const { filter } = useFilter()
  const overview = useQuery(overviewQuery(project.id, filter))
  const isWrongQuery = overview.error instanceof Problem && overview.error.field === 'q'
  return (
    <Page
      title={t('sections.overview')}
      bar={
        <QueryLine
          project={project.id}
          sentence={isWrongQuery && overview.error !== null ? overview.error.message : null}
        />
      }
    >
      <div data-late={overview.isPlaceholderData || undefined} className={styles.screen}>
        <Answer of={overview} rows={8}>
          {(data) =>
            data.total === 0 ? <NoMentions project={project} /> : <Widgets project={project} overview={data} />
          }
        </Answer>
      </div>
    </Page>
  )
}

function Widgets({ project, overview }: { project: OpenProject; overview: Overview }) {
  const f = useFormat()
  const { i18n } = useTranslation()
  const { filter } = useFilter()
  const topics = useTopics(project.id).data
  const understood = useQuery(understoodQuery(project.id, filter, i18n.language))
  const { from, to } = overview.period
  // The end of a period is not in it.
  const last = new Date(Date.parse(to) - 1).toISOString()
  const period = f.day(from) === f.day(last) ? f.day(from) : `${f.day(from)} – ${f.dayOfYear(last)}`
  // Topics bring the colours: a chart that changes its colours while it is read misleads.
  if (topics === undefined) return <Loading rows={8} />
  return (
    <>
      <Totals overview={overview} />
      <div className={styles.grid}>
        <VolumeChart overview={overview} topics={topics} period={period} />
        <ShareOfVoice overview={overview} topics={topics} period={period} />
        {understood.data === undefined ? (
          <div className={styles.whole}>
            <Answer of={understood} rows={4}>
              {() => null}
            </Answer>
          </div>
        ) : (
          <>
            <TonalityShares understood={understood.data} period={period} />
            <StageShares understood={understood.data} period={period} />
            <Coverage understood={understood.data} period={period} />
          </>
        )}
        <TopClusters overview={overview} period={period} />
        <Languages overview={overview} period={period} />
        <TopSources overview={overview} period={period} />
        <TopAuthors overview={overview} period={period} />
      </div>
    </>
  )
}

const longest = '365d'

function NoMentions({ project }: { project: OpenProject }) {
  const { t } = useTranslation()
  const { search, set, count } = useFilter()
  const topics = useTopics(project.id).data
  const params = { project: String(project.id) }
  const hasOlder = topics?.some(({ mentions }) => mentions > 0) === true
  if (count === 0 && hasOlder && search.period !== longest) {
    return (
      <Empty
        says={t('overview.notLately')}
        next={
          <Button onClick={() => set({ period: longest, from: undefined, to: undefined })}>
            {t(`filter.period_${longest}`)}
          </Button>
        }
      >
        {t('overview.notLatelyWords')}
      </Empty>
    )
  }
  if (count > 0 || hasOlder) {
    return (
      <Empty says={t('inbox.nothing')} next={<Button onClick={() => set(noFilters)}>{t('inbox.clearFilters')}</Button>}>
        {t('inbox.nothingWords')}
      </Empty>
    )
  }
  const hasTopics = topics === undefined || topics.length > 0
  return (
    <Empty
      says={t('overview.empty')}
      next={
        mayManage(project.role) && (
          <ButtonLink
            variant="filled"
            to={hasTopics ? '/projects/$project/sources' : '/projects/$project/topics'}
            params={params}
          >
            {hasTopics ? t('inbox.emptySources') : t('inbox.emptyAdd')}
          </ButtonLink>
        )
      }
    >
      {t('overview.emptyWords')}
    </Empty>
  )
}
