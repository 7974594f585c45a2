import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Icon } from '../look/icons.tsx'
import { firstField } from '../parts/first-field.ts'
import { Answer, Empty } from '../parts/states.tsx'
import styles from './Settings.module.css'

/**
 * Things that a team keeps: what they are for, a button for a new one, its form in the page and not over it, and the rows.
 *   <EditedRows of={query} words={{ help, add, none, noneWords }} form={(item, close) => …}>{(items, edit) => …}</EditedRows>
 * `form` is given null for a new one.
 */
export function EditedRows<Item>({
  of,
  words: { help, add, none, noneWords },
  mayAdd = true,
  form,
  children,
}: {
  of: UseQueryResult<Item[]>
  words: { help: ReactNode; add: string; none: string; noneWords: string }
  mayAdd?: boolean
  form: (item: Item | null, close: () => void) => ReactNode
  children: (items: Item[], edit: (item: Item) => void) => ReactNode
}) {
  // The turn tells apart two forms of the same thing, so that the second begins anew.
  const [edited, setEdited] = useState<{ item: Item | null; turn: number } | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLDivElement>(null)
  const opener = useRef<Element | null>(null)
  // The hand stays on the keyboard: into the form, and back to where it was opened.
  useEffect(() => {
    if (edited !== null) firstField(place.current)?.focus()
    else if (opener.current instanceof HTMLElement) {
      const from = opener.current.isConnected ? opener.current : head.current?.querySelector('button')
      from?.focus()
      opener.current = null
    }
  }, [edited])
  const edit = (item: Item | null) => {
    opener.current ??= document.activeElement
    setEdited((before) => ({ item, turn: (before?.turn ?? 0) + 1 }))
  }
  const addButton = mayAdd && (
    <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => edit(null)}>
      {add}
    </Button>
  )
  return (
    <>
      <div ref={head} className={styles.sectionHead}>
        <p className={styles.help}>{help}</p>
        {edited === null && (of.data?.length ?? 0) > 0 && addButton}
      </div>
      {edited !== null && (
        <div key={edited.turn} ref={place}>
          {form(edited.item, () => setEdited(null))}
        </div>
      )}
      <Answer of={of} rows={3}>
        {(items) =>
          items.length > 0
            ? children(items, edit)
            : edited === null && (
                <Empty says={none} {...(addButton === false ? {} : { next: addButton })}>
                  {noneWords}
                </Empty>
              )
        }
      </Answer>
    </>
  )
}
