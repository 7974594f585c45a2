import { PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Integration, IntegrationSystem } from '../../serve/api/shapes/integration.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import settings from '../settings/Settings.module.css'
import { fieldName } from './fields.ts'
import { systemNames } from './SystemMark.tsx'

/** Asks for the access and tries it; `again` takes new access for what is connected already. */
export function Connect({
  system: { system, fields },
  again,
  onDone,
}: {
  system: Pick<IntegrationSystem, 'system' | 'fields'>
  again?: Integration
  onDone: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [typed, setTyped] = useState<{ [name: string]: string }>({})
  const saving = useSaving(t('integrations.notConnected'))
  const first = useRef<HTMLInputElement>(null)
  // The form was asked for, so the hand goes on in its first field.
  useEffect(() => first.current?.focus(), [])
  const labelOf = (name: string, needed: boolean) => {
    const label = t(`integrations.field_${fieldName(name)}`)
    return needed ? label : t('integrations.optional', { label })
  }
  const connect = async () => {
    const at = `/projects/${project.id}/integrations`
    const one = again
      ? await send<Integration>('PUT', `${at}/${again.id}/account`, { settings: typed })
      : await send<Integration>('POST', at, { system, settings: typed })
    tell(t('integrations.connected', { name: one.name }))
    await client.invalidateQueries({ queryKey: ['project', project.id, 'integrations'] })
    onDone()
  }
  return (
    <form className={settings.inline} onSubmit={saving.onSubmit(connect)}>
      <h3>{again?.name ?? systemNames[system]}</h3>
      <p className={settings.help}>{t(`integrations.how_${system}`)}</p>
      <div className={settings.fields}>
        {fields.map(({ name, secret, needed }, index) => {
          const Input = secret ? PasswordInput : TextInput
          return (
            <Input
              key={name}
              label={labelOf(name, needed)}
              required={needed}
              withAsterisk={false}
              ref={index === 0 ? first : undefined}
              autoComplete="off"
              spellCheck={false}
              value={typed[name] ?? ''}
              error={saving.wrongIn(name)}
              onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
            />
          )
        })}
      </div>
      <FormButtons does={t('integrations.connect')} sending={saving.sending} onCancel={onDone} />
    </form>
  )
}
