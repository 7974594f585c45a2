import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../serve/api/shapes/source.ts'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { fieldName } from './fields.ts'
import styles from './Sources.module.css'

type Row = ImportPreview['rows'][number]

/** How the first rows read with this mapping; what is wrong with a row stands in the row. */
export function PreviewRows({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return <p className={styles.quiet}>{t('sources.noRows')}</p>
  return (
    <ol className={styles.previews}>
      {rows.map((row) => (
        <li key={row.row} data-bad={row.post === null || undefined}>
          <span className={styles.rowNumber} title={t('sources.rowNumber', { row: row.row })}>
            {row.row}
          </span>
          <div className={styles.preview}>
            {row.post !== null && <Read post={row.post} />}
            {row.reason !== null && (
              <p className={styles.reason}>
                <Icon name={row.post === null ? 'alert' : 'info'} size={12} /> {row.reason}
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

const numbers = ['likes', 'shares', 'comments', 'views', 'rating'] as const

function Read({ post }: { post: Record<string, unknown> }) {
  const { t } = useTranslation()
  const f = useFormat()
  const author = isRecord(post.author)
    ? (textOf(post.author.name) ?? textOf(post.author.handle) ?? textOf(post.author.id))
    : null
  const postedAt = textOf(post.postedAt)
  const title = textOf(post.title)
  const platform = textOf(post.platform)
  const source = textOf(post.source)
  const counted = numbers.flatMap((name) =>
    typeof post[name] === 'number' ? [`${fieldName(t, name)}: ${f.number(post[name])}`] : [],
  )
  return (
    <>
      <p className={styles.previewHead}>
        {platform !== null && <PlatformMark platform={platform} size={14} />}
        {author === null ? (
          <span className={styles.quiet}>{t('inbox.unknownAuthor')}</span>
        ) : (
          <bdi className={styles.name}>{author}</bdi>
        )}
        {source !== null && <bdi className={styles.quiet}>{source}</bdi>}
        {postedAt === null || Number.isNaN(Date.parse(postedAt)) ? (
          <span className={styles.quiet}>{t('sources.noDate')}</span>
        ) : (
          <time className={styles.quiet} dateTime={postedAt}>
            {f.exact(postedAt)}
          </time>
        )}
      </p>
      {title !== null && (
        <p className={styles.previewTitle} dir="auto">
          {title}
        </p>
      )}
      <p className={styles.previewText} dir="auto">
        {textOf(post.text) ?? ''}
      </p>
      {counted.length > 0 && <p className={styles.quiet}>{counted.join(' · ')}</p>}
    </>
  )
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
