import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Understood } from '../../serve/api/shapes/understood.ts'
import { useProject } from '../api/queries.ts'
import { PlatformMark } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { platformName } from '../parts/names.ts'
import { Panel } from './Panel.tsx'
import styles from './Understood.module.css'

const shown = 6

/** Which sources said nothing while all this was counted. */
export function Coverage({ understood: { coverage, measures }, period }: { understood: Understood; period: string }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const { sources, silent } = coverage
  const values = { count: silent.length, shown: f.number(silent.length), all: f.number(sources) }
  const percent = (share: number) => f.percent(Math.round(share * 100) / 100)
  return (
    <Panel
      title={
        sources === 0
          ? t('overview.noSources')
          : silent.length === 0
            ? t('overview.allHeard', { count: sources, shown: f.number(sources) })
            : t('overview.silentSources', values)
      }
      facts={[t('overview.coverage'), period]}
      formula={measures.coverage}
      table={[
        [t('filter.source'), t('filter.platform'), t('overview.why'), t('overview.silentShare')],
        ...silent.map((one) => [one.name, platformName(t, one.platform), whyOf(one), percent(one.share)]),
      ]}
    >
      {silent.length === 0 ? (
        <p className={styles.quiet}>{t(sources === 0 ? 'overview.noSourcesWords' : 'overview.allHeardWords')}</p>
      ) : (
        <ul className={styles.silent}>
          {silent.slice(0, shown).map((one) => (
            <li key={one.id}>
              <PlatformMark platform={one.platform} size={14} />
              <bdi className={styles.cut}>{one.name}</bdi>
              <span className={styles.since}>
                {one.since === null ? t('overview.neverHeard') : <When at={one.since} />}
              </span>
              <span className={styles.trouble}>
                {whyOf(one)} · {t('overview.silentFor', { share: percent(one.share) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {sources > 0 && (
        <Link to="/projects/$project/sources" params={{ project: String(project.id) }}>
          {t('overview.toSources')}
        </Link>
      )}
    </Panel>
  )

  function whyOf({ why, trouble }: Understood['coverage']['silent'][number]): string {
    return trouble ?? t(`overview.silent_${why}`)
  }
}
