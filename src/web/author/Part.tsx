import { type ReactNode, useId } from 'react'
import { Formula } from '../overview/Formula.tsx'
import styles from './Author.module.css'

/** A piece of the card under its name, with its formula where it has one. */
export function Part({
  title,
  formula,
  more,
  children,
}: {
  title: string
  formula?: string | undefined
  more?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className={styles.part} aria-labelledby={id}>
      <header className={styles.partHead}>
        {/* Beside the name, not in it: who hears the name does not want the formula each time. */}
        <span className={styles.partTitle}>
          <h2 id={id}>{title}</h2> <Formula of={formula} />
        </span>
        {more}
      </header>
      {children}
    </section>
  )
}
