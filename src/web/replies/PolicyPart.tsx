import { Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { tellFailure } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import styles from '../settings/Settings.module.css'
import { policyQuery } from './queries.ts'
import own from './Replies.module.css'

const roles = ['client', 'moderator', 'copywriter', 'manager', 'head'] as const
const most = 3

/** Who approves replies before they go out: one role a step, each step another person. */
export function PolicyPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const policy = useQuery(policyQuery(project.id))
  const set = async (steps: readonly string[]) => {
    const { queryKey } = policyQuery(project.id)
    try {
      client.setQueryData(queryKey, await send('PUT', `/projects/${project.id}/reply-policy`, { steps }))
    } catch (error) {
      tellFailure(t('replies.policyNotSaved'), error)
      await client.invalidateQueries({ queryKey })
    }
  }
  return (
    <section className={`${styles.wide} ${own.apart}`}>
      <h2>{t('replies.policy')}</h2>
      <p className={styles.help}>{t('replies.policyHelp')}</p>
      <Answer of={policy} rows={1}>
        {({ steps }) => (
          <div className={styles.form}>
            {[...steps, ...(steps.length < most ? [''] : [])].map((role, at) => (
              <Select
                // oxlint-disable-next-line react/no-array-index-key -- a step is nothing but its place
                key={at}
                label={t('replies.step', { step: at + 1 })}
                data={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
                value={role === '' ? null : role}
                placeholder={t('replies.noStep')}
                clearable
                onChange={(value) => void set(value === null ? steps.toSpliced(at, 1) : steps.toSpliced(at, 1, value))}
              />
            ))}
          </div>
        )}
      </Answer>
    </section>
  )
}
