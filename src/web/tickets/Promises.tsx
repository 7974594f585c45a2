import { Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ladder, Policy, PolicyInput } from '../../serve/api/shapes/clock.ts'
import { get, send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { stages, tonalities } from '../parts/codes.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { stageName, tonalityName } from '../parts/names.ts'
import { offerUndo, tellFailure } from '../parts/notices.ts'
import { Answer, Empty } from '../parts/states.tsx'
import { useSaving } from '../parts/saving.ts'
import settings from '../settings/Settings.module.css'
import { lengthOf } from './left.ts'
import { priorities } from './Priority.tsx'
import styles from './Clocks.module.css'
import desk from './Desk.module.css'

type Policies = { items: Policy[]; ladders: { [name: string]: Ladder } }

const ladderNames = ['real-time', 'quarter-hour', 'hour-and-half', 'one-day'] as const
const rungs = ['assignee', 'manager', 'head', 'alarm'] as const satisfies readonly Ladder['steps'][number]['to'][]

function policiesQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'policies'],
    queryFn: ({ signal }) => get<Policies>(`/projects/${project}/policies`, { signal }),
  })
}

/** What the project promises its customers; the first promise that fits a ticket holds. */
export function Promises() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const policies = useQuery(policiesQuery(project.id))
  const [edited, setEdited] = useState<Policy | (PolicyInput & { id?: undefined }) | null>(null)
  const at = `/projects/${project.id}/policies`
  const act = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      tellFailure(t('tickets.setupNotSaved'), error)
    }
    await client.invalidateQueries({ queryKey: policiesQuery(project.id).queryKey })
  }
  const retire = async (policy: Policy) => {
    await act(() => send('DELETE', `${at}/${policy.id}`))
    offerUndo(t('tickets.promiseGone', { name: policy.name }), () =>
      act(() => send('POST', `${at}/${policy.id}/return`)),
    )
  }
  const raise = (items: Policy[], index: number) => {
    const ids = items.map(({ id }) => id)
    const [moved] = ids.splice(index, 1)
    if (moved !== undefined) ids.splice(index - 1, 0, moved)
    return act(() => send('PUT', `/projects/${project.id}/policy-order`, { ids }))
  }
  return (
    <section className={settings.wide}>
      <h2>{t('tickets.promises')}</h2>
      <p className={settings.help}>{t('tickets.promisesHelp')}</p>
      <Answer of={policies} rows={3}>
        {({ items, ladders }) => (
          <>
            {items.length === 0 && edited === null && (
              <Empty says={t('tickets.noPromises')}>{t('tickets.noPromisesWords')}</Empty>
            )}
            <ul className={settings.rows}>
              {items.map((policy, index) => (
                <li key={policy.id} className={desk.row}>
                  <span className={desk.words}>
                    <bdi className={settings.name}>{policy.name}</bdi>
                    <PolicyWords policy={policy} />
                  </span>
                  <span className={settings.rowMenu}>
                    {index > 0 && (
                      <Button variant="subtle" color="gray" onClick={() => void raise(items, index)}>
                        {t('tickets.askEarlier')}
                      </Button>
                    )}
                    <Button variant="subtle" onClick={() => setEdited(policy)}>
                      {t('tickets.changePromise')}
                    </Button>
                    <Button variant="subtle" color="gray" onClick={() => void retire(policy)}>
                      {t('tickets.retire')}
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
            {edited === null ? (
              <div className={styles.step}>
                <span className={settings.help}>{t('tickets.promiseAs')}</span>
                {ladderNames.map((name) => {
                  const ladder = ladders[name]
                  return (
                    ladder !== undefined && (
                      <Button
                        key={name}
                        onClick={() => setEdited({ ...everybody, ...ladder, name: t(`tickets.ladder_${name}`) })}
                      >
                        {t(`tickets.ladder_${name}`)}
                      </Button>
                    )
                  )
                })}
              </div>
            ) : (
              <PolicyForm
                key={edited.id ?? 'new'}
                policy={edited}
                onClose={() => setEdited(null)}
                onSaved={() => {
                  setEdited(null)
                  void client.invalidateQueries({ queryKey: policiesQuery(project.id).queryKey })
                }}
              />
            )}
          </>
        )}
      </Answer>
    </section>
  )
}

const everybody: Pick<PolicyInput, 'platforms' | 'priorities' | 'stages' | 'tonalities'> = {
  platforms: [],
  priorities: [],
  stages: [],
  tonalities: [],
}

function PolicyWords({ policy }: { policy: Policy }) {
  const { t, i18n } = useTranslation()
  const time = (minutes: number) => lengthOf(minutes * 60_000, i18n.language)
  const wanted = [
    ...policy.platforms,
    ...policy.priorities.map((code) => t(`tickets.priority_${priorities.find((one) => one === code) ?? 'normal'}`)),
    ...policy.stages.map((code) => stageName(t, code)),
    ...policy.tonalities.map((code) => tonalityName(t, code)),
  ]
  const said = [
    wanted.length === 0 ? t('tickets.forAll') : wanted.join(', '),
    ...(policy.firstMinutes === null ? [] : [t('tickets.saysFirst', { time: time(policy.firstMinutes) })]),
    ...(policy.nextMinutes === null ? [] : [t('tickets.saysNext', { time: time(policy.nextMinutes) })]),
    ...(policy.solutionMinutes === null ? [] : [t('tickets.saysSolution', { time: time(policy.solutionMinutes) })]),
    t(policy.aroundTheClock ? 'tickets.aroundTheClock' : 'tickets.inWorkingTime'),
  ]
  return <span className={settings.quiet}>{said.join(' · ')}</span>
}

function PolicyForm({
  policy,
  onClose,
  onSaved,
}: {
  policy: Policy | (PolicyInput & { id?: undefined })
  onClose: () => void
  onSaved: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const [draft, setDraft] = useState(policy)
  const { sending, wrongIn, onSubmit } = useSaving(t('tickets.setupNotSaved'))
  const set = (change: Partial<Policy>) => setDraft({ ...draft, ...change } as typeof draft)
  const minutes = (name: 'firstMinutes' | 'nextMinutes' | 'solutionMinutes') => (
    <NumberInput
      label={t(`tickets.promise_${name}`)}
      description={t('tickets.promiseMinutes')}
      value={draft[name] ?? ''}
      min={1}
      allowDecimal={false}
      error={wrongIn(name)}
      onChange={(value) => set({ [name]: typeof value === 'number' && value > 0 ? value : null })}
    />
  )
  const save = async () => {
    const { id, ...body } = draft
    await send(
      id === undefined ? 'POST' : 'PUT',
      `/projects/${project.id}/policies${id === undefined ? '' : `/${id}`}`,
      body,
    )
    onSaved()
  }
  return (
    <form className={settings.inline} onSubmit={onSubmit(save)}>
      <TextInput
        label={t('tickets.promiseName')}
        value={draft.name}
        maxLength={100}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <div className={settings.fields}>
        {minutes('firstMinutes')}
        {minutes('nextMinutes')}
        {minutes('solutionMinutes')}
      </div>
      <Checkbox
        label={t('tickets.promiseAround')}
        checked={draft.aroundTheClock}
        onChange={(event) => set({ aroundTheClock: event.currentTarget.checked })}
      />
      <div className={styles.exceptions}>
        <Toggles
          label={t('tickets.priority')}
          options={priorities.map((value) => ({ value, label: t(`tickets.priority_${value}`) }))}
          chosen={draft.priorities}
          onChoose={(value) => set({ priorities: value })}
        />
        <Toggles
          label={t('tickets.tonality')}
          options={tonalities.map((value) => ({ value, label: tonalityName(t, value) }))}
          chosen={draft.tonalities}
          onChoose={(value) => set({ tonalities: value })}
        />
        <Toggles
          label={t('tickets.stage')}
          options={stages.map((value) => ({ value, label: stageName(t, value) }))}
          chosen={draft.stages}
          onChoose={(value) => set({ stages: value })}
        />
        <TextInput
          label={t('tickets.platforms')}
          placeholder={t('tickets.platformsPlace')}
          value={draft.platforms.join(', ')}
          onChange={(event) => set({ platforms: event.currentTarget.value.split(/,\s*/).filter((one) => one !== '') })}
        />
      </div>
      <Steps steps={draft.steps} onChange={(steps) => set({ steps })} />
      <FormButtons does={t('common.save')} sending={sending} disabled={draft.name.trim() === ''} onCancel={onClose} />
    </form>
  )
}

/** Several of a few; none chosen is any. */
export function Toggles({
  label,
  options,
  chosen,
  onChoose,
}: {
  label: string
  options: readonly { value: string; label: string }[]
  chosen: readonly string[]
  onChoose: (chosen: string[]) => void
}) {
  const { t } = useTranslation()
  return (
    <div className={styles.step} role="group" aria-label={label}>
      <span className={styles.toggleName}>{label}</span>
      {options.map(({ value, label: words }) => {
        const isOn = chosen.includes(value)
        return (
          <button
            key={value}
            type="button"
            className={styles.toggle}
            aria-pressed={isOn}
            onClick={() => onChoose(isOn ? chosen.filter((one) => one !== value) : [...chosen, value])}
          >
            {words}
          </button>
        )
      })}
      {chosen.length === 0 && <span className={settings.quiet}>{t('tickets.any')}</span>}
    </div>
  )
}

function Steps({ steps, onChange }: { steps: Ladder['steps']; onChange: (steps: Ladder['steps']) => void }) {
  const { t } = useTranslation()
  const change = (index: number, to: Partial<Ladder['steps'][number]>) =>
    onChange(steps.map((step, i) => (i === index ? { ...step, ...to } : step)))
  return (
    <fieldset className={styles.exceptions}>
      <legend className={settings.help}>{t('tickets.stepsHelp')}</legend>
      {steps.map((step, index) => (
        <div key={index} className={styles.step}>
          <NumberInput
            aria-label={t('tickets.stepShare')}
            suffix=" %"
            min={5}
            max={2000}
            w={110}
            value={Math.round(step.share * 100)}
            onChange={(value) => typeof value === 'number' && value >= 5 && change(index, { share: value / 100 })}
          />
          <Select
            aria-label={t('tickets.stepTo')}
            data={rungs.map((value) => ({ value, label: t(`tickets.rung_${value}`) }))}
            value={step.to}
            allowDeselect={false}
            onChange={(value) => change(index, { to: rungs.find((rung) => rung === value) ?? 'assignee' })}
          />
          <Button variant="subtle" color="gray" onClick={() => onChange(steps.filter((_, i) => i !== index))}>
            {t('tickets.removeStep')}
          </Button>
        </div>
      ))}
      {steps.length < 12 && (
        <div>
          <Button variant="subtle" onClick={() => onChange([...steps, { share: 1, to: 'manager' }])}>
            {t('tickets.addStep')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
