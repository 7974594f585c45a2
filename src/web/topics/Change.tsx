import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueryPreview } from '../../serve/api/shapes/trial.ts'
import { useFormat } from '../parts/format.ts'
import { Segments } from '../parts/Segments.tsx'
import { Empty } from '../parts/states.tsx'
import { MarkList } from './MarkList.tsx'
import type { Marks } from './marks.ts'
import styles from './Results.module.css'

/** What would come and what would go if the query were saved as it is. */
export function Change({
  change,
  version,
  marks,
  query,
}: {
  change: NonNullable<QueryPreview['change']>
  version: number
  marks: Marks
  query: string
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const [asked, setAsked] = useState<'added' | 'lost' | null>(null)
  const side = asked ?? (change.added.count.estimate === 0 ? 'lost' : 'added')
  const words = (one: 'added' | 'lost') =>
    `${t(`topics.${one}`)} ${change[one].isExact ? '' : '≈ '}${f.number(Math.round(change[one].count.estimate))}`
  const { sample, count } = change[side]
  return (
    <>
      <div className={styles.bar}>
        <Segments
          label={t('topics.tab_change')}
          options={(['added', 'lost'] as const).map((value) => ({ value, label: words(value) }))}
          chosen={side}
          onChoose={setAsked}
        />
      </div>
      <p className={styles.hint}>
        {t(`topics.${side}Help`, { version })}{' '}
        {sample.length < Math.round(count.estimate) && t('topics.someShown', { count: sample.length })}
      </p>
      {sample.length === 0 ? (
        <Empty says={t(`topics.${side}None`)} />
      ) : (
        <MarkList mentions={sample} marks={marks} query={query} label={words(side)} />
      )}
    </>
  )
}
