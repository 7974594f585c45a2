import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Progress } from '../../serve/api/shapes/project.ts'
import type { ImportMapping, ImportPreview } from '../../serve/api/shapes/source.ts'
import { send } from '../api/client.ts'
import { useProject, useTopics } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { useFormat } from '../parts/format.ts'
import { tellFailure } from '../parts/notices.ts'
import { fieldGroups, fieldName, isKnownField } from './fields.ts'
import { useFileSize } from './file-size.ts'
import { PreviewRows } from './PreviewRows.tsx'
import { allProgressQuery, importQuery } from './queries.ts'
import styles from './Sources.module.css'

const shownSamples = 3

/** What each column is, and at once how the first rows read that way. Nothing is saved before the start. */
export function MapColumns({ preview, onStarted }: { preview: ImportPreview; onStarted: (job: string) => void }) {
  const { t } = useTranslation()
  const f = useFormat()
  const size = useFileSize()
  const project = useProject()
  const client = useQueryClient()
  const topics = useTopics(project.id).data
  const [asked, setAsked] = useState(preview.keepAll)
  const hasNoTopics = topics !== undefined && topics.length === 0
  const keepAll = asked || hasNoTopics
  const path = `/projects/${project.id}/imports/${preview.id}`
  const { queryKey } = importQuery(project.id, preview.id)

  const put = (columns: ImportMapping['columns']) =>
    send<ImportPreview>('PUT', `${path}/mapping`, { columns, keepAll } satisfies ImportMapping)
  const remap = useMutation({
    mutationFn: ({ columns }: { columns: ImportMapping['columns']; before: ImportPreview }) => put(columns),
    onMutate: ({ columns, before }) => {
      client.setQueryData(queryKey, {
        ...before,
        columns: before.columns.map((column) => ({
          ...column,
          field: columns.find(({ index }) => index === column.index)?.field ?? null,
        })),
      })
    },
    onSuccess: (data) => client.setQueryData(queryKey, data),
    onError: (error, { before }) => {
      client.setQueryData(queryKey, before)
      tellFailure(t('sources.notMapped'), error)
    },
  })
  const start = useMutation({
    mutationFn: async () => {
      await put(preview.columns.map(({ index, field }) => ({ index, field })))
      return send<Progress>('POST', `${path}/start`)
    },
    onSuccess: (progress) => {
      void client.invalidateQueries({ queryKey: allProgressQuery(project.id).queryKey })
      onStarted(progress.id)
    },
    onError: (error) => tellFailure(t('sources.notStarted'), error),
  })
  const choose = (index: number, field: string | null) =>
    remap.mutate({
      columns: preview.columns.map((column) => ({
        index: column.index,
        field: column.index === index ? field : column.field,
      })),
      before: preview,
    })
  const used = preview.columns.filter(({ field }) => field !== null).length
  const facts = [
    t(`sources.format_${preview.format}`),
    size(preview.bytes),
    preview.encoding,
    delimiterWords(t, preview.delimiter),
  ]
  return (
    <>
      <header className={styles.fileHead}>
        <h2>
          <bdi>{preview.file}</bdi>
        </h2>
        <p className={styles.quiet}>{facts.filter((fact) => fact !== null && fact !== '').join(' · ')}</p>
      </header>
      {preview.missing.length > 0 && (
        <p className={styles.hint} data-bad role="alert">
          <Icon name="alert" />{' '}
          <span>{t('sources.missing', { fields: f.list(preview.missing.map((field) => fieldName(t, field))) })}</span>
        </p>
      )}
      <section className={styles.block}>
        <h3 className={styles.heading}>
          {t('sources.columns')}{' '}
          <span className={styles.quiet}>
            {t('sources.columnsUsed', { used: f.number(used), all: f.number(preview.columns.length) })}
          </span>
        </h3>
        <ul className={styles.columns}>
          {preview.columns.map(({ index, name, samples, field }) => (
            <li key={index} data-unused={field === null || undefined}>
              <bdi className={styles.columnName}>{name}</bdi>
              <span className={styles.samples}>
                {samples.slice(0, shownSamples).map((sample, place) => (
                  <bdi key={place}>{sample}</bdi>
                ))}
                {samples.length === 0 && <span className={styles.quiet}>{t('sources.noSamples')}</span>}
              </span>
              <select
                className={styles.select}
                value={field ?? ''}
                aria-label={t('sources.fieldOf', { name })}
                onChange={(event) => choose(index, event.currentTarget.value === '' ? null : event.currentTarget.value)}
              >
                <option value="">{t('sources.leaveOut')}</option>
                {fieldGroups.map(({ group, fields }) => (
                  <optgroup key={group} label={t(`sources.group_${group}`)}>
                    {fields
                      .filter((one) => preview.fields.includes(one))
                      .map((one) => (
                        <option key={one} value={one}>
                          {fieldName(t, one)}
                        </option>
                      ))}
                  </optgroup>
                ))}
                {preview.fields
                  .filter((one) => !isKnownField(one))
                  .map((one) => (
                    <option key={one} value={one}>
                      {one}
                    </option>
                  ))}
              </select>
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.block} data-late={remap.isPending || undefined}>
        <h3 className={styles.heading}>{t('sources.firstRows')}</h3>
        <PreviewRows rows={preview.rows} />
      </section>
      <footer className={styles.startLine}>
        <Checkbox
          label={t('sources.keepAll')}
          description={hasNoTopics ? t('sources.keepAllNoTopics') : t('sources.keepAllHelp')}
          checked={keepAll}
          disabled={hasNoTopics}
          onChange={(event) => setAsked(event.currentTarget.checked)}
        />
        <div className={styles.startButtons}>
          <ButtonLink to="/projects/$project/sources/import" params={{ project: String(project.id) }}>
            {t('sources.otherFile')}
          </ButtonLink>
          <Button
            variant="filled"
            disabled={preview.missing.length > 0 || remap.isPending}
            loading={start.isPending}
            onClick={() => start.mutate()}
          >
            {t('sources.start')}
          </Button>
        </div>
      </footer>
    </>
  )
}

function delimiterWords(t: TFunction, delimiter: string | null): string | null {
  if (delimiter === null) return null
  if (delimiter === '\t') return t('sources.tabs')
  return t('sources.dividedBy', { sign: delimiter })
}
