import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../api/client.ts'
import { Door } from './Door.tsx'
import styles from './Door.module.css'
import type { Entered } from './entered.ts'
import { SecondFactorScreen } from './SecondFactorScreen.tsx'
import { sentenceOf } from './sentence.ts'

export function SignInScreen() {
  const { t } = useTranslation()
  const router = useRouter()
  const client = useQueryClient()
  const { back = '/' } = useSearch({ strict: false })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [halfway, setHalfway] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const entry = useMutation({
    mutationFn: () => send<Entered>('POST', '/sign-in/password', { email, password }),
    onSuccess: (entered) => {
      setHalfway(entered !== undefined)
      if (entered !== undefined) return
      client.clear()
      router.history.replace(back)
    },
  })
  if (halfway) {
    return (
      <SecondFactorScreen
        onBack={() => {
          setPassword('')
          setHalfway(false)
        }}
      />
    )
  }
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
            {sentenceOf(entry.error, t, t('signIn.wrong'))}
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
