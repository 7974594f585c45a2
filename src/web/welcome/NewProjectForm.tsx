import { Button, Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Project } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import { browserTimeZone } from '../parts/format.ts'
import { tellFailure } from '../parts/notices.ts'
import styles from './WelcomeScreen.module.css'

/** <NewProjectForm onCreated={(project) => …} onBack={…}/>: name and time zone; a mistake stands at its field. */
export function NewProjectForm({ onCreated, onBack }: { onCreated: (project: Project) => void; onBack: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [timeZone, setTimeZone] = useState(browserTimeZone())
  const creation = useMutation({
    mutationFn: () => send<Project>('POST', '/projects', { name: name.trim(), timeZone }),
    onSuccess: onCreated,
    onError: (error) => {
      if (!(error instanceof Problem) || error.field === null) tellFailure(t('welcome.notCreated'), error)
    },
  })
  const wrongIn = (field: string) =>
    creation.error instanceof Problem && creation.error.field === field ? creation.error.message : undefined
  const zones = [...new Set([timeZone, ...Intl.supportedValuesOf('timeZone'), 'UTC'])]
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        creation.mutate()
      }}
    >
      <TextInput
        label={t('welcome.name')}
        placeholder={t('welcome.namePlace')}
        required
        withAsterisk={false}
        data-autofocus
        maxLength={120}
        value={name}
        error={wrongIn('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('welcome.timeZone')}
        data={zones}
        value={timeZone}
        searchable
        allowDeselect={false}
        error={wrongIn('timeZone')}
        limit={200}
        nothingFoundMessage={t('common.nothingFound')}
        onChange={(zone) => zone !== null && setTimeZone(zone)}
      />
      <div className={styles.buttons}>
        <Button type="submit" variant="filled" size="sm" loading={creation.isPending} disabled={name.trim() === ''}>
          {t('welcome.create')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onBack}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
