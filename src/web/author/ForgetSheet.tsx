import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { RecordsToRemove } from '../integrations/RecordsToRemove.tsx'
import { useFormat } from '../parts/format.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import styles from './Author.module.css'

/** One of the few things that cannot be undone: what goes and what stays is told, and the name has to be typed. */
export function ForgetSheet({
  card: { author, accounts, mentions },
  name,
  open,
  onForget,
  onClose,
}: {
  card: AuthorCard
  name: string
  open: boolean
  onForget: () => Promise<void>
  onClose: () => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const [typed, setTyped] = useState('')
  const [going, setGoing] = useState(false)
  return (
    <Sheet open={open} side="middle" title={t('author.forget')} onClose={onClose}>
      <form
        className={styles.forget}
        onSubmit={(event) => {
          event.preventDefault()
          setGoing(true)
          void onForget().finally(() => setGoing(false))
        }}
      >
        <p>{t('author.forgetWords', { count: mentions, shown: f.number(mentions) })}</p>
        <ul>
          <li>{t('author.forgetAccounts', { names: accounts.map(({ id }) => `\u2068${id}\u2069`).join(', ') })}</li>
          <li>{t('author.forgetWhat')}</li>
        </ul>
        <RecordsToRemove author={author.id} wanted={open} />
        <p className={styles.quiet}>{t('author.forgetStays')}</p>
        <TextInput
          label={t('author.forgetForGood', { name: `\u2068${name}\u2069` })}
          value={typed}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <FormButtons
          does={t('author.forgetButton')}
          danger
          sending={going}
          disabled={typed.trim() !== name.trim()}
          onCancel={onClose}
        />
      </form>
    </Sheet>
  )
}
