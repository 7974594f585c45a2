import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { Door } from './Door.tsx'
import styles from './Door.module.css'
import { sentenceOf } from './sentence.ts'

/** The second step of signing in, after the password or the link. */
export function SecondFactorScreen({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const router = useRouter()
  const client = useQueryClient()
  const { back = '/' } = useSearch({ strict: false })
  const [code, setCode] = useState('')
  const [recovering, setRecovering] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [recovering])
  const entry = useMutation({
    mutationFn: (typed: string) => send('POST', '/sign-in/second-factor', { code: typed }),
    onSuccess: () => {
      client.clear()
      router.history.replace(back)
    },
    onError: () => field.current?.select(),
  })
  const tooLate = entry.error instanceof Problem && entry.error.status === 410
  const enter = (typed: string) => {
    setCode(typed)
    // Six digits are whole: nobody has to press anything more.
    if (!recovering && /^\d{6}$/.test(typed.replaceAll(' ', '')) && !entry.isPending) entry.mutate(typed)
  }
  return (
    <Door title={t('signIn.secondFactor')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          entry.mutate(code)
        }}
      >
        <TextInput
          key={String(recovering)}
          label={t(recovering ? 'signIn.recoveryCode' : 'signIn.code')}
          description={t(recovering ? 'signIn.recoveryHelp' : 'signIn.codeHelp')}
          ref={field}
          value={code}
          required
          withAsterisk={false}
          maxLength={20}
          autoComplete="one-time-code"
          inputMode={recovering ? 'text' : 'numeric'}
          spellCheck={false}
          autoCapitalize="off"
          disabled={tooLate}
          onChange={(event) => enter(event.currentTarget.value)}
        />
        {entry.isError && (
          <p className={styles.wrong} role="alert">
            {sentenceOf(entry.error, t)}
          </p>
        )}
        {tooLate ? (
          <Button variant="filled" size="sm" fullWidth onClick={onBack}>
            {t('signIn.again')}
          </Button>
        ) : (
          <Button type="submit" variant="filled" size="sm" loading={entry.isPending} fullWidth>
            {t('signIn.enter')}
          </Button>
        )}
      </form>
      {!tooLate && (
        <button
          type="button"
          className={styles.other}
          onClick={() => {
            setCode('')
            entry.reset()
            setRecovering(!recovering)
          }}
        >
          {t(recovering ? 'signIn.useApp' : 'signIn.useRecovery')}
        </button>
      )}
    </Door>
  )
}
