import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../serve/api/shapes/ticket.ts'
import { useProject } from '../api/queries.ts'
import { useTicketActions } from './actions.ts'
import styles from './Tickets.module.css'

// What was begun in one ticket is still there when one comes back to it.
const drafts = new Map<number, string>()

export function NoteBox({ ticket, asked, onReached }: { ticket: Ticket; asked: boolean; onReached: () => void }) {
  const { t } = useTranslation()
  const actions = useTicketActions(useProject().id)
  const [text, setText] = useState(() => drafts.get(ticket.id) ?? '')
  const box = useRef<HTMLTextAreaElement>(null)
  const reach = useEffectEvent(() => {
    box.current?.focus()
    onReached()
  })
  useEffect(() => {
    if (asked) reach()
  }, [asked])
  const write = (value: string) => {
    drafts.set(ticket.id, value)
    setText(value)
  }
  const save = async () => {
    const note = text.trim()
    if (note === '') return
    write('')
    // A note that could not be saved comes back into the box, before anything typed since.
    if (!(await actions.addNote(ticket, note)))
      write([note, drafts.get(ticket.id) ?? ''].filter((part) => part !== '').join('\n'))
  }
  return (
    <form
      className={styles.noteBox}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <textarea
        ref={box}
        value={text}
        rows={text === '' ? 1 : Math.min(8, text.split('\n').length + 1)}
        dir="auto"
        maxLength={10_000}
        placeholder={t('tickets.notePlace')}
        aria-label={t('tickets.noteName')}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }
          if (event.key === 'Escape') {
            event.stopPropagation()
            event.currentTarget.blur()
          }
        }}
      />
      <div className={styles.noteFoot}>
        <span>
          {t('tickets.noteHelp')} <span className={styles.noteKey}>{t('tickets.noteKey')}</span>
        </span>
        <Button type="submit" disabled={text.trim() === ''}>
          {t('tickets.addNote')}
        </Button>
      </div>
    </form>
  )
}
