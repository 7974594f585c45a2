import { type FormEvent, type ReactNode, useState } from 'react'
import styles from './Confirm.module.css'
import { FormButtons } from './FormButtons.tsx'
import { Sheet } from './Sheet.tsx'

/**
 * Asked before what cannot be undone after.
 *   <Confirm open={…} title={…} does={t('topics.delete')} onDo={remove} onClose={…}>what goes with it</Confirm>
 * It stays open, and the button turns, until `onDo` is over; closing it is for `onDo` or for `onClose`.
 */
export function Confirm({
  open,
  title,
  does,
  onDo,
  onClose,
  children,
}: {
  open: boolean
  title: string
  does: string
  onDo: () => Promise<unknown>
  onClose: () => void
  children: ReactNode
}) {
  const [doing, setDoing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setDoing(true)
    void onDo().finally(() => setDoing(false))
  }
  return (
    <Sheet open={open} side="middle" title={title} onClose={onClose}>
      <form className={styles.confirm} onSubmit={submit}>
        <p>{children}</p>
        <FormButtons does={does} sending={doing} danger onCancel={onClose} />
      </form>
    </Sheet>
  )
}
