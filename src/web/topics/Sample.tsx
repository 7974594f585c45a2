import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { QueryPreview } from '../../serve/api/shapes/trial.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { mayWork } from '../parts/roles.ts'
import { Empty } from '../parts/states.tsx'
import { MarkList } from './MarkList.tsx'
import type { Marks } from './marks.ts'
import styles from './Results.module.css'

/** Posts drawn by chance from what the query finds, to be marked as wanted or not. */
export function Sample({
  preview,
  marks,
  query,
  onOthers,
}: {
  preview: QueryPreview
  marks: Marks
  query: string
  onOthers: () => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const works = mayWork(useProject().role)
  const { sample, found, isExact, days } = preview
  if (sample.length === 0) {
    return <Empty says={t('topics.previewNothing')}>{t('topics.previewNothingWords')}</Empty>
  }
  const count = Math.round(found.estimate)
  return (
    <>
      <div className={styles.bar}>
        <p>
          {sample.length < count
            ? t('topics.sampleOf', { count: sample.length, of: (isExact ? '' : '≈ ') + f.number(count) })
            : t('topics.sampleAll', { count: sample.length })}{' '}
          {t('topics.inDays', { count: Math.max(1, Math.round(days)) })}
        </p>
        {sample.length < count && (
          <Button size="compact-xs" variant="subtle" leftSection={<Icon name="refresh" size={12} />} onClick={onOthers}>
            {t('topics.others')}
          </Button>
        )}
      </div>
      {works && (
        <p className={styles.hint}>
          {t('topics.sampleHelp')} <span className={styles.byKeys}>{t('topics.sampleKeys')}</span>
        </p>
      )}
      <MarkList mentions={sample} marks={marks} query={query} label={t('topics.tab_sample')} />
    </>
  )
}
