/**
 * A panel over the screen for choosing and for help, closed by Esc, by its button or by a press beside it.
 *   <Sheet open={open} title={t('…')} onClose={…} side="right">…</Sheet>   side: right | bottom | middle; `bare` for a Chooser
 * A native dialog: focus goes to what says `data-autofocus`, else to the first field, stays inside and comes back.
 * Reading never needs one; things that cannot be undone do.
 */
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'
import { firstField } from './first-field.ts'
import styles from './Sheet.module.css'

export function Sheet({
  open,
  title,
  onClose,
  side = 'right',
  bare = false,
  children,
}: {
  open: boolean
  title: string
  onClose: () => void
  side?: 'right' | 'bottom' | 'middle'
  bare?: boolean
  children: ReactNode
}) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const panel = dialog.current
    if (!open || panel === null) return panel?.close()
    panel.showModal()
    const first = document.activeElement
    const goOn = () => {
      const field = firstField(panel)
      // Whoever has gone elsewhere meanwhile stays there.
      if (field !== null && document.activeElement === first) field.focus()
      return field !== null
    }
    if (goOn()) return
    // What is asked for may come a moment after the panel it stands in has opened.
    const arrival = new MutationObserver(() => goOn() && arrival.disconnect())
    arrival.observe(panel, { childList: true, subtree: true })
    return () => arrival.disconnect()
  }, [open])
  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      data-side={side}
      aria-label={title}
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      {open && (
        <div className={styles.inside}>
          <header className={styles.head}>
            <h2>{title}</h2>
            <button type="button" className={styles.close} onClick={onClose} aria-label={t('common.close')}>
              <Icon name="close" />
            </button>
          </header>
          <div className={bare ? styles.bare : styles.body}>{children}</div>
        </div>
      )}
    </dialog>
  )
}
