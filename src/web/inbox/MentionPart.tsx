import type { ReactNode } from 'react'
import styles from './MentionDetail.module.css'

/** One thing that is known around a mention, under its own heading. */
export function MentionPart({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <header className={styles.partHead}>
        <h3>{title}</h3>
        {more}
      </header>
      {children}
    </section>
  )
}
