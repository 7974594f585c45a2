import { Button, PasswordInput, TextInput, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { meQuery, useMe } from '../api/queries.ts'
import { type Locale, locales, speak } from '../locales/words.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { Segments } from '../parts/Segments.tsx'
import { SecondFactor } from './SecondFactor.tsx'
import styles from './Settings.module.css'

const schemes = ['light', 'dark', 'auto'] as const

export function MePart() {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const choose = async (locale: Locale) => {
    await speak(locale)
    await send('PATCH', '/me', { locale }).catch((error: unknown) => tellFailure(t('frame.languageNotSaved'), error))
    // Sentences of the server come in the language of the request.
    await client.invalidateQueries()
  }
  return (
    <>
      <Names />
      <section className={styles.section}>
        <Row name={t('settings.appearance')}>
          <Segments
            label={t('settings.appearance')}
            options={schemes.map((value) => ({ value, label: t(`frame.scheme_${value}`) }))}
            chosen={colorScheme}
            onChoose={setColorScheme}
          />
        </Row>
        <Row name={t('settings.language')}>
          <Segments
            label={t('settings.language')}
            options={locales.map(({ locale, name }) => ({ value: locale, label: name }))}
            chosen={locales.find(({ locale }) => locale === i18n.language)?.locale ?? 'en'}
            onChoose={(locale) => void choose(locale)}
          />
        </Row>
      </section>
      <Password />
      <SecondFactor />
    </>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.choiceRow}>
      <span>{name}</span>
      {children}
    </div>
  )
}

function Names() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { member } = useMe()
  const [name, setName] = useState(member.name)
  const [email, setEmail] = useState(member.email)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    setProblem(null)
    try {
      const me = await send<Me>('PATCH', '/me', {
        ...(name.trim() === member.name ? {} : { name: name.trim() }),
        ...(email.trim() === member.email ? {} : { email: email.trim() }),
      })
      client.setQueryData(meQuery.queryKey, me)
      tell(t('settings.saved'))
    } catch (error) {
      if (error instanceof Problem) setProblem(error)
      else tellFailure(t('settings.notSaved'), error)
    } finally {
      setSaving(false)
    }
  }
  const changed = name.trim() !== member.name || email.trim() !== member.email
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      <TextInput
        label={t('settings.yourName')}
        value={name}
        required
        withAsterisk={false}
        maxLength={120}
        autoComplete="name"
        error={problem !== null && problem.field !== 'email' ? problem.message : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('settings.email')}
        type="email"
        value={email}
        required
        withAsterisk={false}
        maxLength={320}
        autoComplete="email"
        error={problem?.field === 'email' ? problem.message : undefined}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <div>
        <Button
          type="submit"
          variant="filled"
          disabled={!changed || name.trim() === '' || email.trim() === ''}
          loading={saving}
        >
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}

function Password() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { member } = useMe()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    setProblem(null)
    try {
      await send<Me>('PATCH', '/me', { password, ...(current === '' ? {} : { currentPassword: current }) })
      await client.invalidateQueries({ queryKey: meQuery.queryKey })
      setCurrent('')
      setPassword('')
      tell(t('settings.passwordSaved'))
    } catch (error) {
      if (error instanceof Problem) setProblem(error)
      else tellFailure(t('settings.passwordNotSaved'), error)
    } finally {
      setSaving(false)
    }
  }
  return (
    <section className={styles.section}>
      <h2>{t('settings.password')}</h2>
      <p className={styles.help}>{t('settings.passwordHelp')}</p>
      <form className={styles.form} onSubmit={(event) => void save(event)}>
        {/* Password keepers look for the name beside the password. */}
        <input type="text" name="username" autoComplete="username" value={member.email} readOnly hidden />
        <PasswordInput
          label={t('settings.currentPassword')}
          description={t('settings.currentHelp')}
          value={current}
          autoComplete="current-password"
          error={problem?.field === 'currentPassword' ? problem.message : undefined}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('settings.newPassword')}
          value={password}
          autoComplete="new-password"
          required
          withAsterisk={false}
          error={problem !== null && problem.field !== 'currentPassword' ? problem.message : undefined}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" disabled={password === ''} loading={saving}>
            {t('settings.setPassword')}
          </Button>
        </div>
      </form>
    </section>
  )
}
