import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { useProject, useTopics } from '../api/queries.ts'
import { topicColor } from '../look/colors.ts'
import { PlatformMark } from '../look/icons.tsx'
import { Figure } from '../parts/figures.tsx'
import type { FilterSearch } from '../parts/filter.ts'
import { useFormat } from '../parts/format.ts'
import { platformName, stageName } from '../parts/names.ts'
import { usePlaceNames } from '../parts/places.ts'
import styles from './Author.module.css'
import { Part } from './Part.tsx'
import { writtenBy } from './queries.ts'

type Row = { key: string; mark?: ReactNode; name: string; count: number; opens: FilterSearch | null }

/** About what, at which stage, where, in which language; a row opens its mentions. */
export function WherePart({ card }: { card: AuthorCard }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const topics = useTopics(project.id).data ?? []
  const nameOf = usePlaceNames(card.places.map(({ country }) => country))
  const stages = card.stages.filter(({ stage }) => stage !== null)
  return (
    <>
      <Part title={t('author.topics')}>
        <Rows
          card={card}
          empty={t('author.noTopics')}
          rows={card.topics.map(({ topic, name, count }) => ({
            key: String(topic),
            mark: (
              <i
                className={styles.spot}
                style={{ background: topicColor(topics.find(({ id }) => id === topic)?.color ?? 0) }}
              />
            ),
            name,
            count,
            opens: { topic: String(topic) },
          }))}
        />
      </Part>
      <Part title={t('author.stages')}>
        <Rows
          card={card}
          empty={t('author.stagesUnknown')}
          rows={(stages.length === 0 ? [] : card.stages).map(({ stage, count }) => ({
            key: stage ?? 'unknown',
            name: stage === null ? t('filter.unknown') : stageName(t, stage),
            count,
            opens: { stage: stage ?? 'unknown' },
          }))}
        />
      </Part>
      <Part title={t('author.sources')}>
        <Rows
          card={card}
          empty=""
          rows={card.sources.map(({ platform, source, count }) => ({
            key: `${platform} ${source}`,
            mark: <PlatformMark platform={platform} size={14} />,
            name: source === null || source === platform ? platformName(t, platform) : source,
            count,
            opens: { platform, ...(source === null ? {} : { source }) },
          }))}
        />
      </Part>
      <Part title={t('author.languages')}>
        <Rows
          card={card}
          empty=""
          rows={card.languages.map(({ lang, count }) => ({
            key: lang ?? 'unknown',
            name: lang === null ? t('filter.unknown') : f.language(lang),
            count,
            opens: { lang: lang ?? 'unknown' },
          }))}
        />
      </Part>
      <Part title={t('author.places')}>
        <Rows
          card={card}
          empty={t('author.noPlaces')}
          rows={card.places.map((place) => {
            const { city, country } = nameOf(place)
            return {
              key: `${place.country} ${place.city}`,
              name: [city, country].filter((part) => part !== null).join(', '),
              count: place.count,
              opens: null,
            }
          })}
        />
      </Part>
    </>
  )
}

function Rows({ card, rows, empty }: { card: AuthorCard; rows: readonly Row[]; empty: string }) {
  const project = useProject()
  if (rows.length === 0) return <p className={styles.quiet}>{empty}</p>
  const largest = Math.max(...rows.map(({ count }) => count))
  return (
    <ul className={styles.rows}>
      {rows.map(({ key, mark, name, count, opens }) => {
        const words = (
          <>
            <span className={styles.rowName}>
              {mark}
              <bdi>{name}</bdi>
            </span>
            <Figure value={count} short />
            <span className={styles.track}>
              <i style={{ width: `${(count / largest) * 100}%` }} />
            </span>
          </>
        )
        return (
          <li key={key}>
            {opens === null ? (
              <span className={styles.row}>{words}</span>
            ) : (
              <Link
                className={styles.row}
                to="/projects/$project/inbox"
                params={{ project: String(project.id) }}
                search={{ ...writtenBy(card), ...opens }}
                preload={false}
              >
                {words}
              </Link>
            )}
          </li>
        )
      })}
    </ul>
  )
}
