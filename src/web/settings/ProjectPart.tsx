import { Button, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Project } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { meQuery, useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { useSaving } from '../parts/saving.ts'
import styles from './Settings.module.css'

const zones = Intl.supportedValuesOf('timeZone')

export function ProjectPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [name, setName] = useState(project.name)
  const [timeZone, setTimeZone] = useState(project.timeZone)
  const { sending, wrongIn, onSubmit } = useSaving(t('settings.notSaved'))
  const changed = name.trim() !== project.name || timeZone !== project.timeZone

  const save = async () => {
    await send<Project>('PATCH', `/projects/${project.id}`, { name: name.trim(), timeZone })
    await client.invalidateQueries({ queryKey: meQuery.queryKey })
    void client.invalidateQueries()
    tell(t('settings.saved'))
  }
  return (
    <>
      <form className={styles.form} onSubmit={onSubmit(save)}>
        <TextInput
          label={t('settings.projectName')}
          value={name}
          required
          withAsterisk={false}
          maxLength={120}
          autoComplete="off"
          error={wrongIn('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('settings.timeZone')}
          description={t('settings.timeZoneHelp')}
          searchable
          data={zones.includes(timeZone) ? zones : [timeZone, ...zones]}
          value={timeZone}
          limit={60}
          error={wrongIn('timeZone')}
          nothingFoundMessage={t('common.nothingFound')}
          onChange={(value) => value !== null && setTimeZone(value)}
        />
        <div>
          <Button type="submit" variant="filled" disabled={!changed || name.trim() === ''} loading={sending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
      {project.role === 'head' && <Removal />}
    </>
  )
}

/** One of the few things that cannot be undone, so the name has to be typed. */
function Removal() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const remove = async () => {
    try {
      await send('DELETE', `/projects/${project.id}`)
      setOpen(false)
      await navigate({ to: '/' })
      client.removeQueries({ queryKey: ['project', project.id] })
      void client.invalidateQueries()
      tell(t('settings.projectRemoved', { name: project.name }))
    } catch (error) {
      tellFailure(t('settings.projectNotRemoved'), error)
    }
  }
  return (
    <section className={styles.section}>
      <h2>{t('settings.removeProject')}</h2>
      <p className={styles.help}>{t('settings.removeProjectWords')}</p>
      <Button color="red" variant="outline" onClick={() => setOpen(true)}>
        {t('settings.removeProject')}…
      </Button>
      <Sheet open={open} side="middle" title={t('settings.removeProject')} onClose={() => setOpen(false)}>
        <form
          className={styles.sheetForm}
          onSubmit={(event) => {
            event.preventDefault()
            void remove()
          }}
        >
          <p>{t('settings.removeProjectSure', { name: project.name })}</p>
          <TextInput
            label={t('settings.typeName', { name: project.name })}
            value={typed}
            data-autofocus
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <FormButtons
            does={t('settings.removeForGood')}
            danger
            disabled={typed.trim() !== project.name.trim()}
            onCancel={() => setOpen(false)}
          />
        </form>
      </Sheet>
    </section>
  )
}
