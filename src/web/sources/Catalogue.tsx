import { TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogueEntry } from '../../serve/api/shapes/source.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import styles from './Catalogue.module.css'
import { CatalogueWords } from './CatalogueCard.tsx'

const groups = ['nothing', 'free-key', 'approval', 'paid'] as const

/** Everything that can be collected, by what it takes to begin. */
export function Catalogue({
  entries,
  onChoose,
}: {
  entries: readonly CatalogueEntry[]
  onChoose: (platform: string) => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const [wanted, setWanted] = useState('')
  const words = wanted.trim().toLowerCase()
  const fitting = entries.filter(({ name, brings, platform }) =>
    `${name} ${brings} ${platform}`.toLowerCase().includes(words),
  )
  return (
    <div className={styles.screen}>
      <TextInput
        className={styles.search}
        type="search"
        aria-label={t('sources.search')}
        placeholder={t('sources.search')}
        value={wanted}
        autoComplete="off"
        leftSection={<Icon name="search" />}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      {groups.map((needs) => {
        const some = fitting.filter((entry) => entry.needs === needs)
        return some.length === 0 ? null : (
          <section key={needs} aria-labelledby={`needs-${needs}`}>
            <h2 id={`needs-${needs}`}>{t(`sources.group_${needs}`)}</h2>
            <ul className={styles.cards}>
              {some.map((entry) => (
                <li key={entry.platform}>
                  <button type="button" className={styles.card} onClick={() => onChoose(entry.platform)}>
                    <CatalogueWords entry={entry} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      {fitting.length === 0 && <p className={styles.nothing}>{t('sources.searchNothing', { words: wanted.trim() })}</p>}
      <section aria-labelledby="needs-file">
        <h2 id="needs-file">{t('sources.group_file')}</h2>
        <ul className={styles.cards}>
          <li>
            <Link
              to="/projects/$project/sources/import"
              params={{ project: String(project.id) }}
              className={styles.card}
            >
              <span className={styles.head}>
                <Icon name="upload" /> <strong>{t('sources.file')}</strong>
              </span>
              <span className={styles.brings}>{t('sources.fileWords')}</span>
            </Link>
          </li>
        </ul>
      </section>
    </div>
  )
}
