import { Button, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RuleCondition } from '../../serve/api/shapes/rule.ts'
import { Toggles } from '../tickets/Promises.tsx'
import { ListInput } from '../parts/ListInput.tsx'
import type { Named } from './queries.ts'
import { alarmKinds, valueWords } from './words.ts'
import styles from './Rules.module.css'

const subjects = [
  'status',
  'priority',
  'queue',
  'assignee',
  'tag',
  'field',
  'customer',
  'hours',
  'alarm',
  'topic',
] as const satisfies readonly RuleCondition['about'][]

/** Questions about the work; all of them have to hold. `afterAlarm`: the alarm may be asked, too. */
export function ConditionLines({
  conditions,
  named,
  afterAlarm,
  onChange,
}: {
  conditions: RuleCondition[]
  named: Named
  afterAlarm: boolean
  onChange: (conditions: RuleCondition[]) => void
}) {
  const { t } = useTranslation()
  const change = (index: number, to: Partial<RuleCondition>) =>
    onChange(conditions.map((condition, i) => (i === index ? { ...condition, ...to } : condition)))
  return (
    <>
      {conditions.map((condition, index) => (
        <div key={index} className={styles.line}>
          <div className={styles.pair}>
            <Select
              aria-label={t('rules.conditionAbout')}
              data={subjects
                .filter((value) => value !== 'field' || named.fields.length > 0)
                .filter((value) => afterAlarm || value === condition.about || (value !== 'alarm' && value !== 'topic'))
                .map((value) => ({ value, label: t(`rules.about_${value}`) }))}
              value={condition.about}
              allowDeselect={false}
              onChange={(value) => {
                const about = subjects.find((one) => one === value) ?? 'status'
                change(index, { ...fresh(about, named), is: condition.is })
              }}
            />
            {condition.about === 'field' && (
              <Select
                aria-label={t('rules.about_field')}
                data={named.fields.map(({ id, name }) => ({ value: String(id), label: name }))}
                value={condition.field === undefined ? null : String(condition.field)}
                allowDeselect={false}
                onChange={(value) => change(index, { field: Number(value), values: ['none'] })}
              />
            )}
            <Select
              aria-label={t('rules.conditionHow')}
              w={110}
              data={[
                { value: 'is', label: t('rules.is') },
                { value: 'not', label: t('rules.isNot') },
              ]}
              value={condition.is ? 'is' : 'not'}
              allowDeselect={false}
              onChange={(value) => change(index, { is: value !== 'not' })}
            />
            <Button variant="subtle" color="gray" onClick={() => onChange(conditions.toSpliced(index, 1))}>
              {t('rules.removeLine')}
            </Button>
          </div>
          <Values condition={condition} named={named} onChange={(values) => change(index, { values })} />
        </div>
      ))}
      {conditions.length < 20 && (
        <div>
          <Button variant="subtle" onClick={() => onChange([...conditions, fresh('hours', named)])}>
            {t('rules.addCondition')}
          </Button>
        </div>
      )}
    </>
  )
}

/** A new question begins with an answer, so that it can be saved at once. */
function fresh(about: RuleCondition['about'], { fields }: Named): RuleCondition {
  const first = {
    status: 'open',
    priority: 'urgent',
    customer: 'returning',
    hours: 'outside',
    alarm: 'spike.negative',
  } as const
  const value = about in first ? first[about as keyof typeof first] : 'none'
  return { about, is: true, values: [value], ...(about === 'field' ? { field: fields[0]?.id } : {}) }
}

function Values({
  condition: { about, field, values },
  named,
  onChange,
}: {
  condition: RuleCondition
  named: Named
  onChange: (values: string[]) => void
}) {
  const { t } = useTranslation()
  const codes = codesOf(about, field, named)
  const choose = (next: string[]) => next.length > 0 && onChange(next)
  if (codes !== null)
    return (
      <Toggles
        label={t('rules.values')}
        options={codes.map((value) => ({ value, label: valueWords(t, about, value, named) }))}
        chosen={values}
        onChoose={choose}
      />
    )
  return (
    <ListInput
      label={t('rules.values')}
      placeholder={t('rules.valuesPlace')}
      values={values.filter((value) => value !== 'none')}
      onChange={(written) => onChange(written.length === 0 ? ['none'] : written)}
    />
  )
}

/** Null: anything may be written. */
function codesOf(about: RuleCondition['about'], field: number | undefined, named: Named): string[] | null {
  switch (about) {
    case 'status':
      return ['none', 'open', 'pending', 'solved', 'closed']
    case 'priority':
      return ['low', 'normal', 'high', 'urgent']
    case 'queue':
      return ['none', ...named.queues.filter(({ retired }) => !retired).map(({ id }) => String(id))]
    case 'assignee':
      return ['none', ...named.members.map(({ id }) => id)]
    case 'customer':
      return ['new', 'returning']
    case 'hours':
      return ['working', 'outside']
    case 'alarm':
      return [...alarmKinds]
    case 'topic':
      return ['none', ...named.topics.map(({ id }) => String(id))]
    case 'field': {
      const found = named.fields.find(({ id }) => id === field)
      if (found?.kind === 'choice') return ['none', ...found.choices]
      return found?.kind === 'flag' ? ['none', 'true', 'false'] : null
    }
    case 'tag':
      return null
  }
}
