import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Playbook, PlaybookInput, PlaybookStep } from '../../serve/api/shapes/playbook.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { tell } from '../parts/notices.ts'
import { rolesUpTo } from '../parts/roles.ts'
import { useSaving } from '../parts/saving.ts'
import { membersQuery } from '../settings/queries.ts'
import rows from '../parts/Rows.module.css'
import styles from './Playbooks.module.css'

const newStep: PlaybookStep = {
  ...{ title: '', help: '', minutes: null, aroundTheClock: true },
  ...{ role: null, member: null, text: null },
}

/** A scheme as it is written: its steps in order, each with an owner, a time and words that may be used. */
export function PlaybookForm({
  playbook,
  begun,
  onClose,
}: {
  playbook: Playbook | null
  begun: PlaybookInput
  onClose: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [draft, setDraft] = useState<PlaybookInput>(() =>
    playbook === null ? begun : { name: playbook.name, kind: playbook.kind, steps: playbook.steps },
  )
  const { sending, wrongIn, onSubmit } = useSaving(t('playbooks.notSaved'))
  const set = (change: Partial<PlaybookInput>) => setDraft({ ...draft, ...change })
  const change = (index: number, to: Partial<PlaybookStep>) =>
    set({ steps: draft.steps.map((step, i) => (i === index ? { ...step, ...to } : step)) })
  const raise = (index: number) => {
    const steps = draft.steps.toSpliced(index, 1)
    steps.splice(index - 1, 0, ...draft.steps.slice(index, index + 1))
    set({ steps })
  }
  const isWhole =
    draft.name.trim() !== '' && draft.steps.length > 0 && draft.steps.every(({ title }) => title.trim() !== '')
  const save = async () => {
    const path = `/projects/${project.id}/playbooks`
    const saved = await (playbook === null
      ? send<Playbook>('POST', path, draft)
      : send<Playbook>('PUT', `${path}/${playbook.id}`, draft))
    await client.invalidateQueries({ queryKey: ['project', project.id, 'playbooks'] })
    tell(t(saved.approved === null ? 'playbooks.savedUnapproved' : 'playbooks.saved'))
    onClose()
  }
  return (
    <form className={rows.form} onSubmit={onSubmit(save)}>
      <div className={rows.fields}>
        <TextInput
          label={t('playbooks.name')}
          value={draft.name}
          maxLength={100}
          error={wrongIn('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label={t('playbooks.kind')}
          data={(['natural', 'directed'] as const).map((value) => ({ value, label: t(`playbooks.kind_${value}`) }))}
          value={draft.kind}
          allowDeselect={false}
          onChange={(value) => set({ kind: value === 'directed' ? 'directed' : 'natural' })}
        />
      </div>
      <ol className={styles.steps}>
        {draft.steps.map((step, index) => (
          <StepFields
            key={index}
            number={index + 1}
            step={step}
            onChange={(to) => change(index, to)}
            onRaise={index > 0 ? () => raise(index) : null}
            onRemove={() => set({ steps: draft.steps.toSpliced(index, 1) })}
          />
        ))}
      </ol>
      {draft.steps.length < 40 && (
        <div>
          <Button variant="subtle" onClick={() => set({ steps: [...draft.steps, newStep] })}>
            {t('playbooks.addStep')}
          </Button>
        </div>
      )}
      <div className={rows.buttons}>
        <Button type="submit" variant="filled" loading={sending} disabled={!isWhole}>
          {t('common.save')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

function StepFields({
  number,
  step,
  onChange,
  onRaise,
  onRemove,
}: {
  number: number
  step: PlaybookStep
  onChange: (to: Partial<PlaybookStep>) => void
  onRaise: (() => void) | null
  onRemove: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const members = useQuery(membersQuery(project.id)).data ?? []
  const owner = step.member === null ? (step.role === null ? 'any' : `role ${step.role}`) : `member ${step.member}`
  const own = (value: string) => {
    const [kind, ...rest] = value.split(' ')
    const role = rolesUpTo('head').find((one) => one === rest[0]) ?? null
    onChange({ role: kind === 'role' ? role : null, member: kind === 'member' ? rest.join(' ') : null })
  }
  return (
    <li className={styles.step}>
      <TextInput
        label={t('playbooks.stepTitle', { number })}
        value={step.title}
        maxLength={200}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <div className={rows.fields}>
        <Select
          label={t('playbooks.owner')}
          data={[
            { value: 'any', label: t('playbooks.anybody') },
            ...rolesUpTo('head').map((role) => ({ value: `role ${role}`, label: t(`roles.${role}`) })),
            ...members.map(({ id, name }) => ({ value: `member ${id}`, label: name })),
          ]}
          value={owner}
          allowDeselect={false}
          onChange={(value) => own(value ?? 'any')}
        />
        <NumberInput
          label={t('playbooks.minutes')}
          value={step.minutes ?? ''}
          min={1}
          max={86_400}
          allowDecimal={false}
          onChange={(value) => onChange({ minutes: typeof value === 'number' && value > 0 ? value : null })}
        />
      </div>
      {step.minutes !== null && (
        <Checkbox
          label={t('playbooks.aroundTheClock')}
          description={t('playbooks.aroundTheClockHelp')}
          checked={step.aroundTheClock}
          onChange={(event) => onChange({ aroundTheClock: event.currentTarget.checked })}
        />
      )}
      <Textarea
        label={t('playbooks.stepHelp')}
        autosize
        minRows={1}
        maxLength={2000}
        value={step.help}
        onChange={(event) => onChange({ help: event.currentTarget.value })}
      />
      <Textarea
        label={t('playbooks.stepText')}
        autosize
        minRows={1}
        maxLength={10_000}
        value={step.text ?? ''}
        onChange={(event) => onChange({ text: event.currentTarget.value === '' ? null : event.currentTarget.value })}
      />
      <div className={rows.buttons}>
        {onRaise !== null && (
          <Button variant="subtle" color="gray" onClick={onRaise}>
            {t('playbooks.earlier')}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={onRemove}>
          {t('playbooks.removeStep')}
        </Button>
      </div>
    </li>
  )
}
