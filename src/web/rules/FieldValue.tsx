import { NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RuleAction } from '../../serve/api/shapes/rule.ts'
import type { TicketField } from '../../serve/api/shapes/ticket.ts'
import rows from '../parts/Rows.module.css'

type FieldAction = RuleAction & { do: 'field' }

/** Which field gets which value; an empty one empties the field. */
export function FieldValue({
  action,
  fields,
  onChange,
}: {
  action: FieldAction
  fields: TicketField[]
  onChange: (action: FieldAction) => void
}) {
  const { t } = useTranslation()
  const field = fields.find(({ id }) => id === action.field)
  const choices = field?.kind === 'choice' ? field.choices : field?.kind === 'flag' ? ['true', 'false'] : null
  const read = (text: string) => {
    if (text === '') return null
    return field?.kind === 'flag' ? text === 'true' : text
  }
  return (
    <div className={rows.fields}>
      <Select
        aria-label={t('rules.about_field')}
        data={fields
          .filter(({ id, retired }) => !retired || id === action.field)
          .map(({ id, name }) => ({ value: String(id), label: name }))}
        value={String(action.field)}
        allowDeselect={false}
        onChange={(value) => onChange({ ...action, field: Number(value), value: null })}
      />
      {field?.kind === 'number' ? (
        <NumberInput
          aria-label={t('rules.values')}
          placeholder={t('rules.emptyField')}
          value={typeof action.value === 'number' ? action.value : ''}
          onChange={(value) => onChange({ ...action, value: typeof value === 'number' ? value : null })}
        />
      ) : choices === null ? (
        <TextInput
          aria-label={t('rules.values')}
          placeholder={t('rules.emptyField')}
          type={field?.kind === 'date' ? 'date' : 'text'}
          value={action.value === null ? '' : String(action.value)}
          onChange={(event) => onChange({ ...action, value: read(event.currentTarget.value) })}
        />
      ) : (
        <Select
          aria-label={t('rules.values')}
          data={[
            { value: '', label: t('rules.emptyField') },
            ...choices.map((value) => ({
              value,
              label: field?.kind === 'flag' ? t(value === 'true' ? 'rules.yes' : 'rules.no') : value,
            })),
          ]}
          value={action.value === null ? '' : String(action.value)}
          allowDeselect={false}
          onChange={(value) => onChange({ ...action, value: read(value ?? '') })}
        />
      )}
    </div>
  )
}
