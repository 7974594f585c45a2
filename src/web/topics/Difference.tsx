import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNarrow } from '../parts/narrow.ts'
import { type DiffPart, diffWords } from './diff.ts'
import styles from './Difference.module.css'

/** Letters of unchanged text that stay on each side of a change. */
const around = 80

/** Two texts of a query: side by side where there is room, on a phone in one. What did not change is cut short. */
export function Difference({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const parts = useMemo(() => shortened(diffWords(before, after)), [before, after])
  if (before === after) return <p className={styles.same}>{t('topics.sameText')}</p>
  if (narrow) return <Text parts={parts} label={t('topics.difference')} />
  return (
    <div className={styles.columns}>
      <Text parts={parts.filter(({ kind }) => kind !== 'new')} label={t('topics.before')} />
      <Text parts={parts.filter(({ kind }) => kind !== 'gone')} label={t('topics.after')} />
    </div>
  )
}

function Text({ parts, label }: { parts: readonly DiffPart[]; label: string }) {
  return (
    <pre className={styles.text} dir="auto" aria-label={label}>
      {parts.map(({ kind, text }, i) => {
        const key = `${i} ${kind}`
        if (kind === 'gone') return <del key={key}>{text}</del>
        if (kind === 'new') return <ins key={key}>{text}</ins>
        return <span key={key}>{text}</span>
      })}
    </pre>
  )
}

function shortened(parts: DiffPart[]): DiffPart[] {
  return parts.map(({ kind, text }, i) => {
    if (kind !== 'same') return { kind, text }
    const head = i === 0 ? '' : text.slice(0, around)
    const tail = i === parts.length - 1 ? '' : text.slice(-around)
    return head.length + tail.length + 20 >= text.length ? { kind, text } : { kind, text: `${head} … ${tail}` }
  })
}
