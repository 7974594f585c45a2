/**
 * The main area of a screen: a bar with its name and actions, then one list or one canvas.
 *   <Page title={t('topics.title')} actions={<Button…/>} bar={<QueryLine…/>}>…</Page>
 * `scroll` (default) scrolls the content; turn it off when the content scrolls itself (a list, list + detail).
 * `covered` gives the bar's place to the content: a detail that covers the list on a phone.
 */
import { type ReactNode, useEffect } from 'react'
import { useProjectIfAny } from '../api/queries.ts'
import styles from './Page.module.css'

export function Page({
  title,
  note,
  actions,
  bar,
  scroll = true,
  covered = false,
  children,
}: {
  title: string
  note?: ReactNode
  actions?: ReactNode
  bar?: ReactNode
  scroll?: boolean
  covered?: boolean
  children: ReactNode
}) {
  const project = useProjectIfAny()
  useEffect(() => {
    document.title = [title, project?.name, 'Heed'].filter((part) => part !== undefined).join(' · ')
  }, [title, project?.name])
  return (
    <main className={styles.page} id="main" tabIndex={-1}>
      <header className={covered ? 'visually-hidden' : styles.bar}>
        <h1 className={styles.title}>{title}</h1>
        {note !== undefined && <div className={styles.note}>{note}</div>}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {bar}
      <div className={scroll ? styles.scrolling : styles.still}>{children}</div>
    </main>
  )
}
