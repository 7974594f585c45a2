import { Button, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Approver } from '../../serve/api/shapes/reply.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tellFailure } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { Answer } from '../parts/states.tsx'
import styles from '../settings/Settings.module.css'
import { approversQuery } from './queries.ts'
import own from './Replies.module.css'

/** Clients without an account, who are written a link when a reply waits for the client. */
export function ApproversPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const approvers = useQuery(approversQuery(project.id))
  const refresh = () => client.invalidateQueries({ queryKey: approversQuery(project.id).queryKey })
  const remove = async ({ id }: Approver) => {
    try {
      await send('DELETE', `/projects/${project.id}/reply-approvers/${id}`)
    } catch (error) {
      tellFailure(t('replies.approverNotChanged'), error)
    }
    await refresh()
  }
  return (
    <section className={`${styles.wide} ${own.apart}`}>
      <h2>{t('replies.approvers')}</h2>
      <p className={styles.help}>{t('replies.approversHelp')}</p>
      <Answer of={approvers} rows={1}>
        {(items) => (
          <ul className={styles.rows}>
            {items.map((approver) => (
              <li key={approver.id} className={own.account}>
                <bdi className={own.name}>{approver.name}</bdi>
                <span className={own.quiet}>{approver.email ?? t('replies.noLetter')}</span>
                <Button variant="subtle" color="gray" onClick={() => void remove(approver)}>
                  {t('replies.removeApprover')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Answer>
      <Add onAdded={refresh} />
    </section>
  )
}

function Add({ onAdded }: { onAdded: () => Promise<void> }) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [lang, setLang] = useState(i18n.language.startsWith('ru') ? 'ru' : 'en')
  const { sending, wrongIn, onSubmit } = useSaving(t('replies.approverNotChanged'))
  const add = async () => {
    await send<Approver>('POST', `/projects/${project.id}/reply-approvers`, {
      ...{ name, lang },
      email: email.trim() === '' ? null : email.trim(),
    })
    setName('')
    setEmail('')
    await onAdded()
  }
  return (
    <form className={styles.form} onSubmit={onSubmit(add)}>
      <TextInput
        label={t('replies.approverName')}
        value={name}
        required
        withAsterisk={false}
        maxLength={100}
        error={wrongIn('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('replies.approverEmail')}
        description={t('replies.approverEmailHelp')}
        type="email"
        value={email}
        maxLength={254}
        error={wrongIn('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Select
        label={t('replies.approverLang')}
        data={[
          { value: 'ru', label: 'Русский' },
          { value: 'en', label: 'English' },
        ]}
        value={lang}
        allowDeselect={false}
        onChange={(value) => setLang(value === 'ru' ? 'ru' : 'en')}
      />
      <FormButtons does={t('replies.addApprover')} sending={sending} />
    </form>
  )
}
