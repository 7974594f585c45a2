import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../api/client.ts'
import { Problem, Unreachable } from '../api/problem.ts'
import { Door } from './Door.tsx'
import styles from './Door.module.css'

export function SignInScreen() {
  const { t } = useTranslation()
  const router = useRouter()
  const client = useQueryClient()
  const { back = '/' } = useSearch({ strict: false })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const entry = useMutation({
    mutationFn: () => send('POST', '/sign-in/password', { email, password }),
    onSuccess: () => {
      client.clear()
      router.history.replace(back)
    },
  })
  return (
    <Door title={t('signIn.title')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          entry.mutate()
        }}
      >
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          ref={first}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {entry.isError && (
          <p className={styles.wrong} role="alert">
            {sentenceOf(entry.error, t)}
          </p>
        )}
        <Button type="submit" variant="filled" size="sm" loading={entry.isPending} fullWidth>
          {t('signIn.enter')}
        </Button>
      </form>
      <p className={styles.help}>{t('signIn.linkHelp')}</p>
    </Door>
  )
}

function sentenceOf(error: Error, t: TFunction): string {
  if (error instanceof Unreachable) return `${t('states.offline')}. ${t('states.offlineWords')}`
  if (error instanceof Problem && error.status === 401) return t('signIn.wrong')
  if (error instanceof Problem && error.status === 429) return t('signIn.tooOften')
  return error instanceof Problem && error.message !== '' ? error.message : t('states.failedWords')
}
