/**
 * <Figure value={n} short why="…"/>   a number, or "—" with the reason on hover
 * <When at={iso} why="…"/>            relative time with the exact one on hover, in the project's time zone
 * <Unknown why="…"/>                  the dash alone
 * <Share value={0.2}/>                a share in percent, or the dash
 */
import { useTranslation } from 'react-i18next'
import { useNow } from './now.ts'
import { useFormat } from './format.ts'

export function Figure({
  value,
  why,
  short = false,
}: {
  value: number | null | undefined
  why?: string
  short?: boolean
}) {
  const f = useFormat()
  if (value === null || value === undefined) return <Unknown why={why} />
  const full = f.number(value)
  const shown = short ? f.short(value) : full
  return shown === full ? <span>{full}</span> : <span title={full}>{shown}</span>
}

export function Share({ value, why }: { value: number | null; why?: string }) {
  const f = useFormat()
  return value === null ? <Unknown why={why} /> : <span>{f.percent(value)}</span>
}

export function When({ at, why }: { at: string | null | undefined; why?: string }) {
  const f = useFormat()
  const now = useNow()
  if (at === null || at === undefined) return <Unknown why={why} />
  return (
    <time dateTime={at} title={f.exact(at)}>
      {f.ago(at, now)}
    </time>
  )
}

export function Unknown({ why }: { why?: string | undefined }) {
  const { t } = useTranslation()
  const reason = why ?? t('common.unknown')
  return (
    <abbr title={reason} aria-label={reason} style={{ textDecoration: 'none', cursor: 'help', color: 'var(--text-3)' }}>
      —
    </abbr>
  )
}
