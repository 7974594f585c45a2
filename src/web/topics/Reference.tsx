import { useTranslation } from 'react-i18next'
import type { QueryReference } from '../../serve/api/shapes/topic.ts'
import styles from './Reference.module.css'

/** Everything that can be written, one press from the query. */
export function Reference({
  reference,
  onInsert,
}: {
  reference: QueryReference | undefined
  onInsert: (text: string) => void
}) {
  const { t } = useTranslation()
  if (reference === undefined) return null
  const entries = [
    {
      title: t('topics.operators'),
      rows: reference.operators,
    },
    {
      title: t('topics.fields'),
      rows: reference.fields.map(({ name, ...field }) => ({ ...field, form: `${name}:`, insert: `${name}:` })),
    },
  ]
  return (
    <details className={styles.reference}>
      <summary>{t('topics.reference')}</summary>
      {entries.map(({ title, rows }) => (
        <section key={title}>
          <h3>{title}</h3>
          <ul>
            {rows.map(({ form, also, insert, meaning, example }) => (
              <li key={form}>
                <button type="button" aria-label={t('topics.insert', { form })} onClick={() => onInsert(insert)}>
                  <code>{form}</code>
                </button>
                <span>
                  {meaning}
                  {also.length > 0 && (
                    <span className={styles.also}>{t('topics.also', { forms: also.join('  ') })}</span>
                  )}
                </span>
                <code className={styles.example}>{example}</code>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </details>
  )
}
