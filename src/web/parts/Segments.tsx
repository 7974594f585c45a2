import type { ReactNode } from 'react'
import styles from './Segments.module.css'

type Segment<Value> = { value: Value; label: ReactNode; title?: string; off?: boolean }

/** A few choices side by side, one of them taken: <Segments label={t('…')} options={[{ value, label }]} chosen={value} onChoose={…} /> */
export function Segments<Value extends string | number>({
  label,
  options,
  chosen,
  onChoose,
  wide = false,
}: {
  label: string
  options: readonly Segment<Value>[]
  chosen: Value
  onChoose: (value: Value) => void
  /** Fills the line on a phone. */
  wide?: boolean
}) {
  return (
    <div className={styles.segments} data-wide={wide || undefined} role="group" aria-label={label}>
      {options.map(({ value, label: words, title, off = false }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          disabled={off}
          title={title}
          onClick={() => onChoose(value)}
        >
          {words}
        </button>
      ))}
    </div>
  )
}
