import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../serve/api/shapes/source.ts'
import { upload } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { useFileSize } from './file-size.ts'
import styles from './Sources.module.css'

const readable = '.csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson'

export function DropFile({ onUploaded }: { onUploaded: (preview: ImportPreview) => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const size = useFileSize()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const sending = useMutation({
    mutationFn: (file: File) => upload<ImportPreview>(`/projects/${project.id}/imports`, file),
    onSuccess: onUploaded,
  })
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file !== undefined && !sending.isPending) sending.mutate(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {sending.isPending ? (
        <p role="status">
          {t('sources.uploading')} <bdi>{sending.variables.name}</bdi> ({size(sending.variables.size)})
        </p>
      ) : (
        <>
          <Icon name="upload" size={20} />
          <h2>{t('sources.drop')}</h2>
          <p className={styles.words}>{t('sources.dropWords')}</p>
          {sending.isError && (
            <p className={styles.hint} data-bad role="alert">
              <Icon name="alert" />{' '}
              <span>
                {sending.error instanceof Problem && sending.error.message !== ''
                  ? sending.error.message
                  : t('sources.notUploaded')}
              </span>
            </p>
          )}
          <Button variant="filled" onClick={() => input.current?.click()}>
            {t('sources.chooseFile')}
          </Button>
        </>
      )}
      <input
        ref={input}
        type="file"
        accept={readable}
        hidden
        onChange={(event) => {
          take(event.currentTarget.files)
          // The same file may be chosen again after it was repaired.
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
