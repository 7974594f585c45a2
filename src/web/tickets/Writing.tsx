import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketDetail } from '../../serve/api/shapes/ticket.ts'
import { Segments } from '../parts/Segments.tsx'
import { ReplyEditor } from '../replies/ReplyEditor.tsx'
import { NoteBox } from './NoteBox.tsx'
import type { Asked } from './TicketWork.tsx'
import styles from './Tickets.module.css'

/** What is written here goes out to the customer or stays inside: two boxes that look unlike each other, never both at once. */
export function Writing({
  detail: { ticket, mentions },
  asked,
  onReached,
  onWrites,
}: {
  detail: TicketDetail
  asked: Asked
  onReached: () => void
  /** Whether somebody is writing here, for the others to see. */
  onWrites: (writes: boolean) => void
}) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<NonNullable<Asked>>('reply')
  useEffect(() => {
    if (asked !== null) setChosen(asked)
  }, [asked])
  // The newest words are what the customer waits for an answer to.
  const newest = mentions.at(-1)
  const box = newest === undefined || ticket.status === 'closed' ? 'note' : chosen
  return (
    <div
      className={styles.writing}
      onInput={() => onWrites(true)}
      onBlur={() => onWrites(false)}
      onSubmit={() => onWrites(false)}
    >
      {newest !== undefined && ticket.status !== 'closed' && (
        <div className={styles.boxes}>
          <Segments
            label={t('tickets.boxes')}
            options={(['reply', 'note'] as const).map((value) => ({ value, label: t(`tickets.box_${value}`) }))}
            chosen={box}
            onChoose={setChosen}
          />
        </div>
      )}
      {box === 'reply' && newest !== undefined ? (
        <ReplyEditor ticket={ticket} mention={newest} asked={asked === 'reply'} onReached={onReached} />
      ) : (
        <NoteBox ticket={ticket} asked={asked === 'note'} onReached={onReached} />
      )}
    </div>
  )
}
