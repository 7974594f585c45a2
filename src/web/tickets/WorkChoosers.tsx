import { Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket, TicketField } from '../../serve/api/shapes/ticket.ts'
import { useProject } from '../api/queries.ts'
import { Chooser } from '../parts/Chooser.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import { useTicketActions } from './actions.ts'
import { PriorityMark, priorities } from './Priority.tsx'
import { fieldsQuery, queuesQuery } from './queries.ts'
import styles from './Work.module.css'

export function PriorityChooser({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation()
  const actions = useTicketActions(useProject().id)
  return (
    <Chooser
      label={t('tickets.choosePriority')}
      options={priorities.map((value) => ({
        value,
        label: t(`tickets.priority_${value}`),
        mark: <PriorityMark priority={value} />,
      }))}
      chosen={[ticket.priority]}
      onChoose={(value) => {
        const priority = priorities.find((known) => known === value)
        if (priority !== undefined) void actions.setPriority(ticket, priority)
        onDone()
      }}
    />
  )
}

// Queues have numbers, so none is called like this.
const none = ''

export function QueueChooser({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const actions = useTicketActions(project.id)
  const queues = useQuery(queuesQuery(project.id))
  const inUse = (queues.data ?? []).filter(({ retired }) => !retired)
  return (
    <Chooser
      label={t('tickets.chooseQueue')}
      options={[
        ...inUse.map(({ id, name, open }) => ({ value: String(id), label: name, count: open })),
        ...(ticket.queue === null ? [] : [{ value: none, label: t('tickets.noQueue') }]),
      ]}
      chosen={ticket.queue === null ? [] : [String(ticket.queue.id)]}
      empty={queues.isPending ? t('states.loading') : t('tickets.noQueues')}
      onChoose={(value) => {
        const queue = inUse.find(({ id }) => String(id) === value)
        void actions.setQueue(ticket, queue === undefined ? null : { id: queue.id, name: queue.name })
        onDone()
      }}
    />
  )
}

/** Stays open, as a ticket often gets several. `known` are the tags of the tickets in sight. */
export function TagChooser({ ticket, known }: { ticket: Ticket; known: readonly string[] }) {
  const { t } = useTranslation()
  const actions = useTicketActions(useProject().id)
  const all = [...new Set([...ticket.tags, ...known])]
  return (
    <Chooser
      label={t('tickets.chooseTag')}
      options={all.map((tag) => ({ value: tag, label: tag }))}
      chosen={ticket.tags}
      multiple
      empty={t('tickets.noTags')}
      onChoose={(tag) => void actions.setTag(ticket, tag, !ticket.tags.includes(tag))}
      onCreate={(tag) => void actions.setTag(ticket, tag.slice(0, 60), true)}
      createWords={(text) => t('tickets.createTag', { text })}
    />
  )
}

/** What the project writes down about its tickets; each field is saved when it is left. */
export function FieldsForm({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const fields = useQuery(fieldsQuery(useProject().id))
  return (
    <Answer of={fields} rows={3}>
      {(all) => {
        const shown = all.filter(({ id, retired }) => !retired || ticket.fields[id] !== undefined)
        return shown.length === 0 ? (
          <Empty says={t('tickets.noFields')}>{t('tickets.noFieldsWords')}</Empty>
        ) : (
          <div className={styles.form}>
            {shown.map((field, index) => (
              <FieldInput key={field.id} field={field} ticket={ticket} first={index === 0} />
            ))}
          </div>
        )
      }}
    </Answer>
  )
}

function FieldInput({ field, ticket, first }: { field: TicketField; ticket: Ticket; first: boolean }) {
  const { t } = useTranslation()
  const actions = useTicketActions(useProject().id)
  const value = ticket.fields[field.id]
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const [wrong, setWrong] = useState(false)
  const set = (next: string | number | boolean | null) => void actions.setField(ticket, field, next)
  const focus = first ? { 'data-autofocus': true } : {}
  switch (field.kind) {
    case 'flag':
      return (
        <Checkbox
          {...focus}
          label={field.name}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <Select
          {...focus}
          label={field.name}
          data={field.choices}
          value={typeof value === 'string' ? value : null}
          clearable
          comboboxProps={{ withinPortal: false }}
          onChange={set}
        />
      )
    default:
      return (
        <TextInput
          {...focus}
          label={field.name}
          type={field.kind === 'date' ? 'date' : 'text'}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          value={text}
          maxLength={2000}
          error={wrong ? t('tickets.notANumber') : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={() => {
            const typed = text.trim()
            const number = Number(typed.replace(',', '.'))
            setWrong(field.kind === 'number' && Number.isNaN(number))
            if (typed === '') set(null)
            else if (field.kind !== 'number') set(typed)
            else if (!Number.isNaN(number)) set(number)
          }}
        />
      )
  }
}
