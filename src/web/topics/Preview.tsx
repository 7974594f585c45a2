import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { QueryPreview } from '../../serve/api/shapes/topic.ts'
import { Unknown } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { MentionLine } from '../inbox/MentionRow.tsx'
import { Empty, Failed, Loading } from '../parts/states.tsx'
import styles from './Preview.module.css'
import { previewQuery } from './queries.ts'

/** What the query finds in everything collected so far, and what that makes a month. */
export function Preview({ project, text, hasError }: { project: number; text: string; hasError: boolean }) {
  const { t, i18n } = useTranslation()
  const preview = useQuery(previewQuery(project, text, i18n.language))
  return (
    <section className={styles.preview} aria-label={t('topics.preview')} aria-busy={preview.isFetching}>
      <header className={styles.head}>
        <h2>{t('topics.preview')}</h2>
        {preview.isFetching && <span className={styles.busy}>{t('topics.previewWaiting')}</span>}
      </header>
      {text.trim() === '' ? (
        <Empty says={t('topics.previewEmpty')} />
      ) : hasError ? (
        <Empty says={t('topics.previewFixFirst')} />
      ) : preview.data !== undefined ? (
        <Found preview={preview.data} />
      ) : preview.isError ? (
        <Failed error={preview.error} retry={preview.refetch} />
      ) : (
        <Loading rows={6} height={56} />
      )}
    </section>
  )
}

function Found({ preview }: { preview: QueryPreview }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { expectedPerMonth: expected, found, days, latest } = preview
  return (
    <>
      <dl className={styles.figures}>
        <div>
          <dt>{t('topics.expected')}</dt>
          <dd>
            {expected === null ? (
              <Unknown why={t('topics.expectedUnknown')} />
            ) : (
              <>
                <strong>{f.number(Math.round(expected.estimate))}</strong>{' '}
                <span className={styles.interval}>
                  {t('topics.interval', {
                    low: f.number(Math.round(expected.low)),
                    high: f.number(Math.round(expected.high)),
                  })}
                </span>
              </>
            )}
          </dd>
        </div>
        <p className={styles.interval}>
          {t('topics.found', { count: found, shown: f.number(found), days: f.number(days) })}
        </p>
      </dl>
      {latest.length === 0 ? (
        <Empty says={t('topics.previewNothing')}>{t('topics.previewNothingWords')}</Empty>
      ) : (
        <div className={styles.list}>
          {latest.map((mention) => (
            <MentionLine key={mention.id} mention={mention} />
          ))}
        </div>
      )}
    </>
  )
}
