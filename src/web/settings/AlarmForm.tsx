import { PasswordInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmChannel } from '../../serve/api/shapes/alarm.ts'
import type { Kind } from '../../serve/api/shapes/webhook.ts'
import { send } from '../api/client.ts'
import { useMe, useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { Segments } from '../parts/Segments.tsx'
import { Partial } from '../parts/states.tsx'
import { KindsField } from './KindsField.tsx'
import styles from './Settings.module.css'

const usual: Kind[] = [
  'promise.missed',
  'promise.escalated',
  'promise.explosion',
  'source.ill',
  'source.silent',
  'spike.volume',
  'spike.negative',
  'rule.told',
  'webhook.off',
]
const services = ['email', 'telegram', 'slack'] as const
const asked = { email: ['addresses'], telegram: ['token', 'chat'], slack: ['url'] } as const
const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour * 60), label: clockOf(hour * 60) }))

/** A new channel, or what an old one is told; where it goes stays. */
export function AlarmForm({
  channel,
  kinds: offered,
  hasMail,
  onClose,
  onSaved,
}: {
  channel: AlarmChannel | null
  /** What a channel may be told. */
  kinds: readonly Kind[]
  hasMail: boolean
  onClose: () => void
  onSaved: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const me = useMe()
  const [name, setName] = useState(channel?.name ?? '')
  const [service, setService] = useState<(typeof services)[number]>(channel?.service ?? 'email')
  const [settings, setSettings] = useState<{ [name: string]: string }>({})
  const [kinds, setKinds] = useState<Kind[]>(channel?.kinds ?? usual)
  const [locale, setLocale] = useState(channel?.locale ?? me.member.locale)
  const [quiet, setQuiet] = useState({ from: channel?.quietFrom ?? null, to: channel?.quietTo ?? null })
  const { sending, wrongIn, onSubmit } = useSaving(t('alarms.notSaved'))
  const save = async () => {
    const told = { name: name.trim(), kinds, locale, quietFrom: quiet.from, quietTo: quiet.to }
    const at = `/projects/${project.id}/alarm-channels`
    await (channel === null
      ? send('POST', at, { ...told, service, settings })
      : send('PATCH', `${at}/${channel.id}`, told))
    tell(t(channel === null ? 'alarms.added' : 'alarms.saved'))
    onSaved()
  }
  const quietSelect = (end: 'from' | 'to') => (
    <Select
      label={t(end === 'from' ? 'alarms.quietFrom' : 'alarms.quietTo')}
      placeholder="—"
      clearable
      data={hours}
      value={quiet[end] === null ? null : String(quiet[end])}
      error={wrongIn('quietFrom')}
      onChange={(value) => setQuiet({ ...quiet, [end]: value === null ? null : Number(value) })}
    />
  )
  return (
    <form className={styles.inline} onSubmit={onSubmit(save)}>
      <TextInput
        label={t('alarms.name')}
        placeholder={t('alarms.namePlace')}
        value={name}
        required
        withAsterisk={false}
        maxLength={80}
        autoComplete="off"
        data-autofocus
        error={wrongIn('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {channel === null && (
        <>
          <Segments
            label={t('alarms.service')}
            options={services.map((value) => ({ value, label: t(`alarms.service_${value}`) }))}
            chosen={service}
            onChoose={setService}
          />
          {service === 'email' && !hasMail && <Partial>{t('alarms.noMail')}</Partial>}
          {asked[service].map((field) => {
            const Input = field === 'token' || field === 'url' ? PasswordInput : TextInput
            return (
              <Input
                key={field}
                label={t(`alarms.${field}`)}
                description={t(`alarms.${field}Help`)}
                value={settings[field] ?? ''}
                required
                withAsterisk={false}
                autoComplete="off"
                spellCheck={false}
                error={wrongIn(field)}
                onChange={(event) => setSettings({ ...settings, [field]: event.currentTarget.value })}
              />
            )
          })}
        </>
      )}
      <KindsField
        label={t('alarms.kinds')}
        offered={offered}
        value={kinds}
        error={kinds.length === 0 ? t('alarms.kindsNeeded') : wrongIn('kinds')}
        onChange={setKinds}
      />
      <fieldset className={styles.bare}>
        <legend>{t('alarms.quiet')}</legend>
        <p className={styles.help}>{t('alarms.quietHelp')}</p>
        <div className={styles.fields}>
          {quietSelect('from')}
          {quietSelect('to')}
        </div>
      </fieldset>
      <Select
        label={t('alarms.language')}
        allowDeselect={false}
        data={[
          { value: 'ru', label: 'Русский' },
          { value: 'en', label: 'English' },
        ]}
        value={locale}
        onChange={(value) => setLocale(value === 'ru' ? 'ru' : 'en')}
      />
      <FormButtons
        does={t('common.save')}
        sending={sending}
        disabled={name.trim() === '' || kinds.length === 0}
        onCancel={onClose}
      />
    </form>
  )
}

/** 1320 is 22:00. */
export function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
