import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../serve/api/shapes/source.ts'
import { useProgress, useProject } from '../api/queries.ts'
import { BackLink } from '../parts/BackLink.tsx'
import { Page } from '../parts/Page.tsx'
import { mayManage } from '../parts/roles.ts'
import { Answer, NoRight } from '../parts/states.tsx'
import { DropFile } from './DropFile.tsx'
import { EarlierImports } from './EarlierImports.tsx'
import { ImportProgress } from './ImportProgress.tsx'
import { MapColumns } from './MapColumns.tsx'
import { importQuery } from './queries.ts'
import styles from './Sources.module.css'

/** Three steps, each with an address: choose a file, say what its columns are, see it come in. */
export function ImportScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { file, job } = useSearch({ strict: false })
  const params = { project: String(project.id) }
  if (!mayManage(project.role)) return <NoRight />
  const go = (search: { file?: string; job?: string }) =>
    void navigate({ to: '/projects/$project/sources/import', params, search })
  return (
    <Page
      title={t('sources.importTitle')}
      actions={
        <BackLink to="/projects/$project/sources" params={params}>
          {t('sources.back')}
        </BackLink>
      }
    >
      <div className={styles.import}>
        {job !== undefined ? (
          <Running job={job} />
        ) : file !== undefined ? (
          <Mapping file={Number(file)} onStarted={(started) => go({ job: started })} />
        ) : (
          <>
            <DropFile
              onUploaded={(preview: ImportPreview) => {
                client.setQueryData(importQuery(project.id, preview.id).queryKey, preview)
                go({ file: String(preview.id) })
              }}
            />
            <EarlierImports />
          </>
        )}
      </div>
    </Page>
  )
}

function Mapping({ file, onStarted }: { file: number; onStarted: (job: string) => void }) {
  const preview = useQuery(importQuery(useProject().id, file))
  return (
    <Answer of={preview} rows={8}>
      {(data) => <MapColumns preview={data} onStarted={onStarted} />}
    </Answer>
  )
}

function Running({ job }: { job: string }) {
  const progress = useProgress(useProject().id, job)
  return (
    <Answer of={progress} rows={3}>
      {(data) => <ImportProgress progress={data} />}
    </Answer>
  )
}
