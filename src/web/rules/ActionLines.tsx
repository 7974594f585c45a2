import { Button, Select, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleAction } from '../../serve/api/shapes/rule.ts'
import { priorities } from '../tickets/Priority.tsx'
import { Toggles } from '../tickets/Promises.tsx'
import { FieldValue } from './FieldValue.tsx'
import { ListInput } from '../parts/ListInput.tsx'
import type { Named } from './queries.ts'
import { priorityWords } from './words.ts'
import rows from '../parts/Rows.module.css'
import styles from './Rules.module.css'

const kinds = [
  'open-ticket',
  'priority',
  'queue',
  'assign',
  'tags',
  'field',
  'watch',
  'incident',
  'note',
  'tell',
  'playbook',
  'mark',
] as const satisfies readonly RuleAction['do'][]

/** What the rule does, in order. `opens`: there may be no ticket yet. */
export function ActionLines({
  actions,
  named,
  opens,
  onChange,
}: {
  actions: RuleAction[]
  named: Named
  opens: boolean
  onChange: (actions: RuleAction[]) => void
}) {
  const { t } = useTranslation()
  const possible = kinds.filter((kind) => isPossible(kind, named, opens))
  const put = (index: number, action: RuleAction) => onChange(actions.map((one, i) => (i === index ? action : one)))
  return (
    <>
      {actions.map((action, index) => (
        <div key={`${index} ${action.do}`} className={styles.line}>
          <div className={styles.pair}>
            <Select
              aria-label={t('rules.action')}
              data={kinds
                .filter((kind) => possible.includes(kind) || kind === action.do)
                .map((value) => ({ value, label: t(`rules.do_${value}`) }))}
              value={action.do}
              allowDeselect={false}
              onChange={(value) => put(index, freshAction(kinds.find((kind) => kind === value) ?? 'note', named))}
            />
            <Button variant="subtle" color="gray" onClick={() => onChange(actions.toSpliced(index, 1))}>
              {t('rules.removeLine')}
            </Button>
          </div>
          <Details action={action} named={named} onChange={(next) => put(index, next)} />
        </div>
      ))}
      {actions.length < 20 && (
        <div>
          <Button
            variant="subtle"
            onClick={() => onChange([...actions, freshAction(nextKind(possible, actions), named)])}
          >
            {t('rules.addAction')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Where nothing can be named, the action is not offered. */
function isPossible(kind: RuleAction['do'], named: Named, opens: boolean): boolean {
  switch (kind) {
    case 'open-ticket':
      return opens
    case 'field':
      return named.fields.some(({ retired }) => !retired)
    case 'playbook':
      return named.playbooks.length > 0
    case 'incident':
      return named.incidents.some(({ solvedAt }) => solvedAt === null)
    default:
      return true
  }
}

function nextKind(possible: readonly RuleAction['do'][], actions: RuleAction[]): RuleAction['do'] {
  return possible.find((kind) => !actions.some((action) => action.do === kind)) ?? 'note'
}

function freshAction(kind: RuleAction['do'], { members, queues, fields, incidents, playbooks }: Named): RuleAction {
  const member = members[0]?.id ?? ''
  switch (kind) {
    case 'open-ticket':
      return { do: kind }
    case 'priority':
      return { do: kind, priority: 'high' }
    case 'queue':
      return { do: kind, queue: queues.find(({ retired }) => !retired)?.id ?? null }
    case 'assign':
      return { do: kind, member }
    case 'tags':
      return { do: kind, add: [], remove: [] }
    case 'field':
      return { do: kind, field: fields.find(({ retired }) => !retired)?.id ?? 0, value: null }
    case 'watch':
      return { do: kind, member }
    case 'incident':
      return { do: kind, incident: incidents.find(({ solvedAt }) => solvedAt === null)?.id ?? 0 }
    case 'note':
      return { do: kind, text: '' }
    case 'tell':
      return { do: kind, members: member === '' ? [] : [member], text: '' }
    case 'playbook':
      return { do: kind, playbook: playbooks[0]?.id ?? 0 }
    case 'mark':
      return { do: kind, tags: [] }
  }
}

function Details({
  action,
  named,
  onChange,
}: {
  action: RuleAction
  named: Named
  onChange: (action: RuleAction) => void
}): ReactNode {
  const { t } = useTranslation()
  const people = named.members.map(({ id, name }) => ({ value: id, label: name }))
  switch (action.do) {
    case 'open-ticket':
      return <p className={rows.quiet}>{t('rules.openHelp')}</p>
    case 'priority':
      return (
        <Select
          aria-label={t('tickets.priority')}
          data={priorities.map((value) => ({ value, label: priorityWords(t, value) }))}
          value={action.priority}
          allowDeselect={false}
          onChange={(value) =>
            onChange({ ...action, priority: priorities.find((one) => one === value) ?? action.priority })
          }
        />
      )
    case 'queue':
      return (
        <Select
          aria-label={t('rules.about_queue')}
          data={[
            { value: 'none', label: t('rules.none_queue') },
            ...named.queues
              .filter(({ id, retired }) => !retired || id === action.queue)
              .map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={String(action.queue ?? 'none')}
          allowDeselect={false}
          onChange={(value) => onChange({ ...action, queue: value === 'none' ? null : Number(value) })}
        />
      )
    case 'assign':
      return (
        <Select
          aria-label={t('rules.about_assignee')}
          data={[
            { value: 'none', label: t('rules.none_assignee') },
            { value: 'turn', label: t('shift.turn') },
            ...people,
          ]}
          value={action.member ?? 'none'}
          allowDeselect={false}
          onChange={(value) => onChange({ ...action, member: value === 'none' ? null : value })}
        />
      )
    case 'watch':
      return (
        <Select
          aria-label={t('rules.do_watch')}
          data={people}
          value={action.member}
          allowDeselect={false}
          onChange={(value) => onChange({ ...action, member: value ?? action.member })}
        />
      )
    case 'tags':
      return (
        <div className={rows.fields}>
          <ListInput
            label={t('rules.addTags')}
            placeholder={t('rules.tagsPlace')}
            values={action.add}
            onChange={(add) => onChange({ ...action, add })}
          />
          <ListInput
            label={t('rules.takeTags')}
            placeholder={t('rules.tagsPlace')}
            values={action.remove}
            onChange={(remove) => onChange({ ...action, remove })}
          />
        </div>
      )
    case 'mark':
      return (
        <ListInput
          label={t('rules.markTags')}
          placeholder={t('rules.tagsPlace')}
          values={action.tags}
          onChange={(tags) => onChange({ ...action, tags })}
        />
      )
    case 'field':
      return <FieldValue action={action} fields={named.fields} onChange={onChange} />
    case 'incident':
      return (
        <Select
          aria-label={t('rules.do_incident')}
          data={named.incidents
            .filter(({ id, solvedAt }) => solvedAt === null || id === action.incident)
            .map(({ id, title }) => ({ value: String(id), label: title }))}
          value={String(action.incident)}
          allowDeselect={false}
          onChange={(value) => onChange({ ...action, incident: Number(value) })}
        />
      )
    case 'playbook':
      return (
        <Select
          aria-label={t('rules.do_playbook')}
          data={named.playbooks.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={String(action.playbook)}
          allowDeselect={false}
          onChange={(value) => onChange({ ...action, playbook: Number(value) })}
        />
      )
    case 'note':
      return <Words label={t('rules.noteText')} text={action.text} onChange={(text) => onChange({ ...action, text })} />
    case 'tell':
      return (
        <>
          <Toggles
            label={t('rules.tellWhom')}
            options={people}
            chosen={action.members}
            onChoose={(members) => members.length > 0 && onChange({ ...action, members })}
          />
          <Words label={t('rules.tellText')} text={action.text} onChange={(text) => onChange({ ...action, text })} />
        </>
      )
  }
}

function Words({ label, text, onChange }: { label: string; text: string; onChange: (text: string) => void }) {
  return (
    <Textarea
      label={label}
      autosize
      minRows={2}
      maxLength={2000}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
