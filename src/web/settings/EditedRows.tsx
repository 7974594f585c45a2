import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { Fragment, type ReactNode, useState } from 'react'
import { Icon } from '../look/icons.tsx'
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
  words: { help: string; add: string; none: string; noneWords: string }
  mayAdd?: boolean
  form: (item: Item | null, close: () => void) => ReactNode
  children: (items: Item[], edit: (item: Item) => void) => ReactNode
}) {
  // The turn tells apart two forms of the same thing, so that the second begins anew.
  const [edited, setEdited] = useState<{ item: Item | null; turn: number } | null>(null)
  const edit = (item: Item | null) => setEdited((before) => ({ item, turn: (before?.turn ?? 0) + 1 }))
  const addButton = mayAdd && (
    <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => edit(null)}>
      {add}
    </Button>
  )
  return (
    <>
      <div className={styles.sectionHead}>
        <p className={styles.help}>{help}</p>
        {edited === null && (of.data?.length ?? 0) > 0 && addButton}
      </div>
      {edited !== null && <Fragment key={edited.turn}>{form(edited.item, () => setEdited(null))}</Fragment>}
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
