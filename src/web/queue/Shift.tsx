import { Button, Select, Textarea } from '@mantine/core'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shift as ShiftShape } from '../../serve/api/shapes/shift.ts'
import { get, send } from '../api/client.ts'
import { useProjects } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { FormButtons } from '../parts/FormButtons.tsx'
import { useKeys } from '../parts/keys.ts'
import { offerUndo } from '../parts/notices.ts'
import { mayWork } from '../parts/roles.ts'
import { useSaving } from '../parts/saving.ts'
import { Sheet } from '../parts/Sheet.tsx'
import styles from './Shift.module.css'

const shiftNow = queryOptions({
  queryKey: ['shift'],
  queryFn: ({ signal }) => get<ShiftShape>('/shift', { signal }),
})

/** My shift: begun and ended by a key, with a word for those who come next, and what the last ones have left for me. */
export function Shift() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const shift = useQuery(shiftNow).data
  const [ending, setEnding] = useState(false)
  const { save } = useSaving(t('shift.notSaved'))
  const put = async (method: 'PUT' | 'DELETE') => {
    client.setQueryData(shiftNow.queryKey, await send<ShiftShape>(method, '/shift'))
  }
  const begin = () => void save(() => put('PUT'))
  const works = shift?.since != null
  useKeys(t('shift.title'), [
    { keys: 'S', does: works ? t('shift.end') : t('shift.begin'), run: works ? () => setEnding(true) : begin },
  ])
  if (shift === undefined) return null
  return (
    <div className={styles.shift}>
      <span className={styles.state}>
        {shift.since === null ? (
          t('shift.off')
        ) : (
          <>
            {t('shift.since')} <When at={shift.since} />
          </>
        )}
      </span>
      <Button variant="default" onClick={works ? () => setEnding(true) : begin}>
        {works ? t('shift.end') : t('shift.begin')}
      </Button>
      {shift.handovers.length > 0 && (
        <details className={styles.notes}>
          <summary>{t('shift.handovers', { count: shift.handovers.length })}</summary>
          <ul>
            {shift.handovers.map(({ id, project, author, writtenAt, text }) => (
              <li key={id}>
                <span className={styles.from}>
                  <bdi>{author}</bdi> · <bdi>{project.name}</bdi> · <When at={writtenAt} />
                </span>
                <p dir="auto">{text}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Sheet open={ending} side="middle" title={t('shift.end')} onClose={() => setEnding(false)}>
        <EndForm
          onClose={() => setEnding(false)}
          end={async () => {
            await put('DELETE')
            setEnding(false)
            offerUndo(t('shift.ended'), () => save(() => put('PUT')))
          }}
        />
      </Sheet>
    </div>
  )
}

function EndForm({ end, onClose }: { end: () => Promise<void>; onClose: () => void }) {
  const { t } = useTranslation()
  const projects = (useProjects().data ?? []).filter(({ role }) => mayWork(role))
  const [asked, setAsked] = useState<string | null>(null)
  const chosen = asked ?? (projects[0] === undefined ? null : String(projects[0].id))
  const [text, setText] = useState('')
  const { sending, wrongIn, onSubmit } = useSaving(t('shift.notSaved'))
  return (
    <form
      className={styles.form}
      onSubmit={onSubmit(async () => {
        if (text.trim() !== '' && chosen !== null) await send('POST', `/projects/${chosen}/handovers`, { text })
        await end()
      })}
    >
      {projects.length > 1 && (
        <Select
          label={t('shift.project')}
          data={projects.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={chosen}
          allowDeselect={false}
          onChange={setAsked}
        />
      )}
      <Textarea
        label={t('shift.note')}
        description={t('shift.noteHelp')}
        placeholder={t('shift.noteLike')}
        autosize
        minRows={3}
        maxLength={4000}
        data-autofocus
        value={text}
        error={wrongIn('text')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FormButtons does={t('shift.end')} sending={sending} onCancel={onClose} />
    </form>
  )
}
