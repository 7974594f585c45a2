import { type ReactNode, useId } from 'react'
import styles from './Tabs.module.css'

export type Tab<Name extends string> = { name: Name; words: string; count?: ReactNode }

/** One of several views in one place; arrows move between the names. */
export function Tabs<Name extends string>({
  tabs,
  chosen,
  label,
  onChoose,
  children,
}: {
  tabs: readonly Tab<Name>[]
  chosen: Name
  label: string
  onChoose: (name: Name) => void
  children: ReactNode
}) {
  const id = useId()
  const move = (by: number) => {
    const next = tabs[(tabs.findIndex(({ name }) => name === chosen) + by + tabs.length) % tabs.length]
    if (next === undefined) return
    onChoose(next.name)
    document.getElementById(`${id}${next.name}`)?.focus()
  }
  return (
    <>
      <div role="tablist" aria-label={label} className={styles.tabs}>
        {tabs.map(({ name, words, count }) => (
          <button
            key={name}
            id={`${id}${name}`}
            type="button"
            role="tab"
            aria-selected={name === chosen}
            aria-controls={`${id}panel`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return
              event.preventDefault()
              move(event.key === 'ArrowRight' ? 1 : -1)
            }}
          >
            {words}
            {count !== undefined && <span className={styles.count}>{count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${chosen}`}>
        {children}
      </div>
    </>
  )
}
