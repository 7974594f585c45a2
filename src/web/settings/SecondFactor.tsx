import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SecondFactorOffer } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { meQuery, useMe } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import styles from './Settings.module.css'

const QrCode = lazy(() => import('./QrCode.tsx').then((file) => ({ default: file.QrCode })))

/** Where the person stands: nothing asked, the password for one of three steps, the app to be set up, codes to keep. */
type Step =
  | { kind: 'still' }
  | { kind: 'password'; why: 'on' | 'off' | 'codes' }
  | { kind: 'app'; offer: SecondFactorOffer }
  | { kind: 'codes'; codes: readonly string[] }

/** An app on the phone beside the password, and recovery codes for the day the phone is gone. */
export function SecondFactor() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { signsInWith } = useMe()
  const [step, setStep] = useState<Step>({ kind: 'still' })
  const still = () => setStep({ kind: 'still' })
  const refresh = () => client.invalidateQueries({ queryKey: meQuery.queryKey })

  const withPassword = async (why: 'on' | 'off' | 'codes', password: string) => {
    const at = '/me/second-factor'
    if (why === 'on') setStep({ kind: 'app', offer: await send<SecondFactorOffer>('POST', at, { password }) })
    else if (why === 'codes') {
      const { recoveryCodes } = await send<SecondFactorOffer>('POST', `${at}/recovery-codes`, { password })
      setStep({ kind: 'codes', codes: recoveryCodes })
    } else {
      await send('DELETE', at, { password })
      await refresh()
      still()
      tell(t('settings.secondFactorOff'))
    }
  }
  const withCode = async (offer: SecondFactorOffer, code: string) => {
    await send('PUT', '/me/second-factor', { code })
    await refresh()
    setStep({ kind: 'codes', codes: offer.recoveryCodes })
  }

  return (
    <section className={styles.section}>
      <h2>{t('settings.secondFactor')}</h2>
      <p className={styles.help}>
        {t(
          signsInWith.secondFactor
            ? 'settings.secondFactorIsOn'
            : signsInWith.password
              ? 'settings.secondFactorHelp'
              : 'settings.secondFactorNeedsPassword',
        )}
      </p>
      {step.kind === 'still' && signsInWith.password && (
        <div className={styles.buttons}>
          {signsInWith.secondFactor ? (
            <>
              <Button onClick={() => setStep({ kind: 'password', why: 'codes' })}>
                {t('settings.newRecoveryCodes')}
              </Button>
              <Button onClick={() => setStep({ kind: 'password', why: 'off' })}>{t('settings.turnOff')}</Button>
            </>
          ) : (
            <Button onClick={() => setStep({ kind: 'password', why: 'on' })}>{t('settings.turnOn')}</Button>
          )}
        </div>
      )}
      {step.kind === 'password' && (
        <Asking field="password" onCancel={still} onGiven={(password) => withPassword(step.why, password)} />
      )}
      {step.kind === 'app' && (
        <>
          <div className={styles.app}>
            <Suspense fallback={<span className={styles.qr} />}>
              <QrCode text={step.offer.uri} label={t('settings.qr')} />
            </Suspense>
            <div>
              <p>{t('settings.scan')}</p>
              <code className={styles.secret}>{spaced(new URL(step.offer.uri).searchParams.get('secret') ?? '')}</code>
            </div>
          </div>
          <Asking field="code" onCancel={still} onGiven={(code) => withCode(step.offer, code)} />
        </>
      )}
      {step.kind === 'codes' && <RecoveryCodes codes={step.codes} onDone={still} />}
    </section>
  )
}

/** A password or a code, and what the server says to it; what was typed stays until it is right. */
function Asking({
  field,
  onGiven,
  onCancel,
}: {
  field: 'password' | 'code'
  onGiven: (text: string) => Promise<void>
  onCancel: () => void
}): ReactNode {
  const { t } = useTranslation()
  const { member } = useMe()
  const [text, setText] = useState('')
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const give = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setProblem(null)
    try {
      await onGiven(text)
    } catch (error) {
      if (error instanceof Problem) setProblem(error)
      else tellFailure(t('settings.notSaved'), error)
    } finally {
      setSending(false)
    }
  }
  const common = {
    value: text,
    required: true,
    withAsterisk: false,
    'data-autofocus': true,
    autoFocus: true,
    error: problem?.message,
    onChange: (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value),
  }
  return (
    <form className={styles.form} onSubmit={(event) => void give(event)}>
      {field === 'password' ? (
        <>
          <input type="text" name="username" autoComplete="username" value={member.email} readOnly hidden />
          <PasswordInput label={t('settings.currentPassword')} autoComplete="current-password" {...common} />
        </>
      ) : (
        <TextInput
          label={t('signIn.code')}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          {...common}
        />
      )}
      <FormButtons does={t('settings.goOn')} sending={sending} disabled={text === ''} onCancel={onCancel} />
    </form>
  )
}

function spaced(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ')
}
