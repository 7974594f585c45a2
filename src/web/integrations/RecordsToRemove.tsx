import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { authorRecordsQuery } from './queries.ts'

/** Before a person is forgotten: what stands in systems that Heed cannot remove from, each with its link. */
export function RecordsToRemove({ author, wanted }: { author: string; wanted: boolean }) {
  const { t } = useTranslation()
  const project = useProject()
  const records = useQuery({ ...authorRecordsQuery(project.id, author), enabled: wanted }).data ?? []
  if (records.length === 0) return null
  return (
    <div>
      <p>{t('integrations.removeThere')}</p>
      <ul>
        {records.map(({ id, name, url }) => (
          <li key={id}>
            {url === null ? (
              <bdi>{name}</bdi>
            ) : (
              <a href={url} target="_blank" rel="noopener noreferrer">
                <bdi>{name}</bdi>
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
