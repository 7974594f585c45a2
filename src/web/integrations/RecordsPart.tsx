import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { Part } from '../author/Part.tsx'
import { mayWork } from '../parts/roles.ts'
import styles from './Integrations.module.css'
import { authorRecordsQuery } from './queries.ts'
import { RecordLine } from './RecordLine.tsx'

/** What other systems know of a person; nothing where nothing of them was handed over. */
export function RecordsPart({ author }: { author: string }) {
  const { t } = useTranslation()
  const project = useProject()
  const records = useQuery({ ...authorRecordsQuery(project.id, author), enabled: mayWork(project.role) }).data ?? []
  if (records.length === 0) return null
  return (
    <Part title={t('integrations.elsewhere')}>
      <div className={styles.records}>
        {records.map((record) => (
          <RecordLine key={record.id} record={record} />
        ))}
      </div>
    </Part>
  )
}
