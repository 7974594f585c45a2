import { useTranslation } from 'react-i18next'
import type { Overview } from '../../serve/api/shapes/overview.ts'
import type { Topic } from '../../serve/api/shapes/topic.ts'
import { useProject } from '../api/queries.ts'
import { topicColor } from '../look/colors.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { useFormat } from '../parts/format.ts'
import { mayManage } from '../parts/roles.ts'
import { findLeader } from './findings.ts'
import styles from './Overview.module.css'
import { Panel } from './Panel.tsx'
import { Ranking } from './Ranking.tsx'

type Voice = Overview['shareOfVoice'][number]

export function ShareOfVoice({
  overview,
  topics,
  period,
}: {
  overview: Overview
  topics: readonly Topic[]
  period: string
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const groups = groupsOf(overview.shareOfVoice)
  const only = groups.length === 1 ? groups[0] : undefined
  const leader = only === undefined ? null : findLeader(only.rows)
  const title =
    leader === null || only === undefined
      ? t('overview.shareOfVoice')
      : t('overview.leads', {
          name: leader.name,
          share: f.percent(leader.share),
          group: only.name ?? t('overview.noGroup'),
        })
  const sum = groups.flatMap(({ rows }) => rows).reduce((all, { count }) => all + count, 0)
  return (
    <Panel
      size="narrow"
      title={title}
      facts={
        groups.length === 0
          ? []
          : [t('overview.shareUnit'), period, t('chart.basedOn', { count: sum, shown: f.number(sum) })]
      }
      formula={overview.measures.shareOfVoice}
      table={[
        [t('filter.topic'), t('overview.group'), t('overview.volume'), t('overview.shareUnit')],
        ...groups.flatMap(({ name, rows }) =>
          rows.map((row) => [row.name, name, row.count, row.share === null ? null : f.percent(row.share)]),
        ),
      ]}
    >
      {groups.length === 0 ? (
        <NothingToCompare />
      ) : (
        groups.map(({ name, rows }) => (
          <div key={name} className={styles.group}>
            {only === undefined && (
              <h3 className={styles.groupName}>
                <bdi>{name ?? t('overview.noGroup')}</bdi>
              </h3>
            )}
            <Ranking
              why={t('overview.shareUnknown')}
              rows={rows.map((row) => {
                const color = topicColor(topics.find(({ id }) => id === row.topic)?.color ?? 0)
                return {
                  key: String(row.topic),
                  name: row.name,
                  count: row.count,
                  share: row.share,
                  color,
                  opens: { topic: String(row.topic) },
                }
              })}
            />
          </div>
        ))
      )}
    </Panel>
  )
}

function NothingToCompare() {
  const { t } = useTranslation()
  const project = useProject()
  return (
    <div className={styles.little}>
      <p>{t('overview.noGroups')}</p>
      {mayManage(project.role) && (
        <ButtonLink to="/projects/$project/topics" params={{ project: String(project.id) }}>
          {t('overview.toTopics')}
        </ButtonLink>
      )}
    </div>
  )
}

/** Only what can be compared: groups of two topics or more, each from the largest share down. */
function groupsOf(rows: readonly Voice[]): { name: string | null; rows: Voice[] }[] {
  return [...Map.groupBy(rows, ({ group }) => group)]
    .filter(([, members]) => members.length > 1)
    .map(([name, members]) => ({ name, rows: members.toSorted((one, other) => other.count - one.count) }))
}
