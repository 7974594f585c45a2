import { Button, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketField } from '../../serve/api/shapes/ticket.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { offerUndo, tellFailure } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import { useSaving } from '../parts/saving.ts'
import styles from '../settings/Settings.module.css'
import { Colleagues } from './Colleagues.tsx'
import { Promises } from './Promises.tsx'
import desk from './Desk.module.css'
import { fieldsQuery, queuesQuery } from './queries.ts'
import { ReplyWindows } from './ReplyWindows.tsx'
import { WorkingHours } from './WorkingHours.tsx'

const fieldKinds = ['text', 'number', 'choice', 'flag', 'date'] as const satisfies readonly TicketField['kind'][]

/** What the project decides about its tickets: what it promises and when it works, the queues they wait in and the fields they have. */
export function DeskPart() {
  return (
    <div className={desk.desk}>
      <Promises />
      <WorkingHours />
      <ReplyWindows />
      <Colleagues />
      <Queues />
      <Fields />
    </div>
  )
}

function Queues() {
  const { t } = useTranslation()
  const project = useProject()
  const queues = useQuery(queuesQuery(project.id))
  const { add, retire, wrong } = useSetup('ticket-queues')
  const [name, setName] = useState('')
  return (
    <section className={styles.wide}>
      <h2>{t('tickets.queues')}</h2>
      <p className={styles.help}>{t('tickets.queuesHelp')}</p>
      <Answer of={queues} rows={2}>
        {(items) => (
          <ul className={styles.rows}>
            {items.map((queue) => (
              <SetupRow
                key={queue.id}
                item={queue}
                says={t('tickets.queueOpen', { count: queue.open })}
                retire={retire}
              />
            ))}
          </ul>
        )}
      </Answer>
      <AddForm disabled={name.trim() === ''} add={() => add({ name }).then((ok) => ok && setName(''))}>
        <TextInput
          label={t('tickets.queueName')}
          placeholder={t('tickets.queuePlace')}
          value={name}
          maxLength={60}
          error={wrong('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </AddForm>
    </section>
  )
}

function Fields() {
  const { t } = useTranslation()
  const project = useProject()
  const fields = useQuery(fieldsQuery(project.id))
  const { add, retire, wrong } = useSetup('ticket-fields')
  const [name, setName] = useState('')
  const [kind, setKind] = useState<TicketField['kind']>('text')
  const [choices, setChoices] = useState('')
  const listed = choices
    .split(',')
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '')
  const save = async () => {
    if (!(await add({ name, kind, ...(kind === 'choice' ? { choices: listed } : {}) }))) return
    setName('')
    setChoices('')
  }
  return (
    <section className={styles.wide}>
      <h2>{t('tickets.fieldsHead')}</h2>
      <p className={styles.help}>{t('tickets.fieldsHelp')}</p>
      <Answer of={fields} rows={2}>
        {(items) => (
          <ul className={styles.rows}>
            {items.map((field) => (
              <SetupRow
                key={field.id}
                item={field}
                says={field.kind === 'choice' ? field.choices.join(', ') : t(`tickets.kind_${field.kind}`)}
                retire={retire}
              />
            ))}
          </ul>
        )}
      </Answer>
      <AddForm disabled={name.trim() === '' || (kind === 'choice' && listed.length === 0)} add={save}>
        <TextInput
          label={t('tickets.fieldName')}
          placeholder={t('tickets.fieldPlace')}
          value={name}
          maxLength={60}
          error={wrong('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('tickets.fieldKind')}
          data={fieldKinds.map((value) => ({ value, label: t(`tickets.kind_${value}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind(fieldKinds.find((known) => known === value) ?? 'text')}
        />
        {kind === 'choice' && (
          <TextInput
            label={t('tickets.fieldChoices')}
            placeholder={t('tickets.fieldChoicesPlace')}
            value={choices}
            error={wrong('choices')}
            onChange={(event) => setChoices(event.currentTarget.value)}
          />
        )}
      </AddForm>
    </section>
  )
}

function SetupRow({
  item,
  says,
  retire,
}: {
  item: { id: number; name: string; retired: boolean }
  says: string
  retire: (item: { id: number; name: string; retired: boolean }) => Promise<void>
}) {
  const { t } = useTranslation()
  return (
    <li className={desk.row}>
      <span className={desk.words}>
        <bdi className={styles.name}>{item.name}</bdi>
        <span className={styles.quiet}>{item.retired ? t('tickets.retired') : says}</span>
      </span>
      <span className={styles.rowMenu}>
        <Button variant="subtle" color="gray" onClick={() => void retire(item)}>
          {t(item.retired ? 'tickets.bringBack' : 'tickets.retire')}
        </Button>
      </span>
    </li>
  )
}

function AddForm({ disabled, add, children }: { disabled: boolean; add: () => Promise<unknown>; children: ReactNode }) {
  const { t } = useTranslation()
  const [sending, setSending] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    await add()
    setSending(false)
  }
  return (
    <form className={styles.inline} onSubmit={(event) => void submit(event)}>
      <div className={styles.fields}>{children}</div>
      <FormButtons does={t('tickets.addOne')} sending={sending} disabled={disabled} />
    </form>
  )
}

function useSetup(of: 'ticket-queues' | 'ticket-fields') {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const { save, wrongIn } = useSaving(t('tickets.setupNotSaved'))
  const refresh = () => client.invalidateQueries({ queryKey: ['project', project.id, of] })
  const put = async (id: number, retired: boolean) => {
    try {
      await send('PATCH', `/projects/${project.id}/${of}/${id}`, { retired })
    } catch (error) {
      tellFailure(t('tickets.setupNotSaved'), error)
    }
    await refresh()
  }
  return {
    wrong: wrongIn,
    async add(body: { name: string; kind?: TicketField['kind']; choices?: string[] }): Promise<boolean> {
      const added = await save(() => send('POST', `/projects/${project.id}/${of}`, { ...body, name: body.name.trim() }))
      if (added) await refresh()
      return added
    },
    async retire({ id, name, retired }: { id: number; name: string; retired: boolean }) {
      await put(id, !retired)
      offerUndo(t(retired ? 'tickets.broughtBack' : 'tickets.retiredNow', { name }), () => put(id, retired))
    },
  }
}
