import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LetterAccount, Letters, LetterTry } from '../../serve/api/shapes/letter.ts'
import { send } from '../api/client.ts'
import { useMe } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { Answer, Partial } from '../parts/states.tsx'
import { lettersQuery } from './queries.ts'
import styles from './Settings.module.css'

/** The mail account of the whole installation, and what became of its letters. For heads. */
export function LettersPart() {
  const { t } = useTranslation()
  const letters = useQuery(lettersQuery)
  return (
    <section className={styles.wide}>
      <p className={styles.help}>{t('letters.help')}</p>
      <Answer of={letters} rows={4}>
        {({ account, counts, items }) => (
          <>
            {account === null && (
              <Partial>
                {counts.waiting > 0 ? t('letters.waitingWithout', { count: counts.waiting }) : t('letters.without')}
              </Partial>
            )}
            {account?.byEnvironment ? <Fixed account={account} /> : <AccountForm account={account} />}
            {account !== null && <TestForm />}
            {items.length > 0 && <List items={items} />}
          </>
        )}
      </Answer>
    </section>
  )
}

function Fixed({ account }: { account: LetterAccount }) {
  const { t } = useTranslation()
  return (
    <p>
      {t('letters.byEnvironment')} <bdi className={styles.name}>{account.address}</bdi>{' '}
      <span className={styles.quiet}>{account.server}</span>
    </p>
  )
}

function AccountForm({ account }: { account: LetterAccount | null }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { sending, save, wrongIn, onSubmit } = useSaving(t('letters.notSaved'))
  const [input, setInput] = useState({
    server: account?.server ?? '',
    user: account?.user ?? '',
    password: '',
    address: account?.address ?? '',
    name: account?.name ?? '',
  })
  const field = (name: keyof typeof input) => ({
    label: t(`letters.field_${name}`),
    value: input[name],
    error: wrongIn(name),
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) =>
      setInput({ ...input, [name]: event.currentTarget.value }),
  })
  const keep = async () => {
    client.setQueryData(lettersQuery.queryKey, await send<Letters>('PUT', '/letters/account', input))
    setInput({ ...input, password: '' })
    tell(t('letters.saved'))
  }
  const remove = () =>
    save(async () => {
      await send('DELETE', '/letters/account')
      await client.invalidateQueries({ queryKey: lettersQuery.queryKey })
      tell(t('letters.removed'))
    })
  return (
    <form className={styles.form} onSubmit={onSubmit(keep)}>
      <TextInput {...field('server')} placeholder="smtps://smtp.example.com" required withAsterisk={false} />
      <TextInput {...field('user')} description={t('letters.userHelp')} />
      <PasswordInput {...field('password')} {...(account === null ? {} : { description: t('letters.passwordHelp') })} />
      <TextInput {...field('address')} description={t('letters.addressHelp')} placeholder="desk@example.com" />
      <TextInput {...field('name')} maxLength={120} />
      <FormButtons does={t('common.save')} sending={sending} disabled={input.server.trim() === ''}>
        {account !== null && (
          <Button variant="subtle" color="gray" onClick={() => void remove()}>
            {t('letters.remove')}
          </Button>
        )}
      </FormButtons>
    </form>
  )
}

function TestForm() {
  const { t } = useTranslation()
  const [to, setTo] = useState(useMe().member.email)
  const [tried, setTried] = useState<LetterTry | null>(null)
  const { sending, wrongIn, onSubmit } = useSaving(t('letters.notTested'))
  const test = async () => {
    setTried(null)
    setTried(await send<LetterTry>('POST', '/letters/test', { to: to.trim() }))
  }
  return (
    <form className={styles.form} onSubmit={onSubmit(test)}>
      <TextInput
        label={t('letters.testTo')}
        type="email"
        value={to}
        error={wrongIn('to')}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button type="submit" loading={sending} disabled={to.trim() === ''}>
          {t('letters.test')}
        </Button>
      </div>
      {tried !== null && (
        <p role="status" className={tried.problem === null ? styles.help : styles.wrong}>
          {tried.problem === null ? t('letters.taken') : <Trouble problem={tried.problem} />}
        </p>
      )}
    </form>
  )
}

function List({ items }: { items: Letters['items'] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const again = async (id: number) => {
    try {
      await send('POST', `/letters/${id}/again`)
    } catch (error) {
      tellFailure(t('letters.notAgain'), error)
    }
    await client.invalidateQueries({ queryKey: lettersQuery.queryKey })
  }
  return (
    <ul className={styles.rows} aria-label={t('letters.list')}>
      {items.map(({ id, recipient, subject, state, writtenAt, problem }) => (
        <li key={id} className={styles.member}>
          <span className={styles.who}>
            <bdi className={styles.name}>{subject}</bdi>
            <bdi className={styles.quiet}>{recipient}</bdi>
          </span>
          <span className={styles.seen}>
            <When at={writtenAt} />
          </span>
          <span className={styles.role}>{t(`letters.state_${state}`)}</span>
          <span className={styles.rowMenu}>
            {(state === 'unsure' || state === 'refused') && (
              <Button variant="subtle" onClick={() => void again(id)}>
                {t('letters.again')}
              </Button>
            )}
          </span>
          {problem !== null && state !== 'sent' && (
            <span className={styles.rowProblem}>
              <Trouble problem={problem} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Trouble({ problem: { key, reason } }: { problem: NonNullable<LetterTry['problem']> }) {
  const { t } = useTranslation()
  return (
    <>
      {t(`letters.problem_${key}`)}
      {reason !== undefined && reason !== '' && (
        <>
          {' '}
          <bdi className={styles.quiet}>{reason}</bdi>
        </>
      )}
    </>
  )
}
