import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Progress, Project } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { startLive } from '../api/live.ts'
import { hasEnded, meQuery, useMe, useProgress } from '../api/queries.ts'
import { tellFailure } from '../parts/notices.ts'
import { Notices } from '../parts/Notices.tsx'
import { ProgressBar } from '../parts/ProgressBar.tsx'
import { Door } from '../sign-in/Door.tsx'
import { NewProjectForm } from './NewProjectForm.tsx'
import styles from './WelcomeScreen.module.css'

type Started = { project: Project; progress: Progress }

export function WelcomeScreen() {
  const { t } = useTranslation()
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [started, setStarted] = useState<Started | null>(null)
  const [creating, setCreating] = useState(false)
  const [name, setName] = useState('')
  useEffect(() => startLive(client), [client])

  // Whoever wants to stay nameless may.
  const introduce = async () => {
    if (name.trim() !== '') await send('PATCH', '/me', { name: name.trim() })
  }
  const openProject = async (project: Project, section: 'inbox' | 'topics') => {
    await client.fetchQuery({ ...meQuery, staleTime: 0 })
    await navigate({ to: `/projects/$project/${section}`, params: { project: String(project.id) } })
  }
  const sample = useMutation({
    mutationFn: async () => {
      await introduce()
      return send<Started>('POST', '/sample', {})
    },
    onSuccess: setStarted,
    onError: (error) => tellFailure(t('welcome.notStarted'), error),
  })

  return (
    <Door title={t('welcome.title')} wide>
      <p className={styles.words}>{t('welcome.words')}</p>
      {started !== null ? (
        <SampleComing started={started} onOpen={() => void openProject(started.project, 'inbox')} />
      ) : creating ? (
        <NewProjectForm
          onCreated={(project) => void introduce().then(() => openProject(project, 'topics'))}
          onBack={() => setCreating(false)}
        />
      ) : me.member.isHead ? (
        <>
          <TextInput
            className={styles.name}
            label={t('welcome.yourName')}
            description={t('welcome.yourNameHelp')}
            maxLength={120}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <div className={styles.ways}>
            <section className={styles.way}>
              <h2>{t('welcome.sample')}</h2>
              <p>{t('welcome.sampleWords')}</p>
              <Button variant="filled" size="sm" loading={sample.isPending} onClick={() => sample.mutate()}>
                {t('welcome.sample')}
              </Button>
            </section>
            <section className={styles.way}>
              <h2>{t('welcome.own')}</h2>
              <p>{t('welcome.ownWords')}</p>
              <Button size="sm" onClick={() => setCreating(true)}>
                {t('welcome.own')}
              </Button>
            </section>
          </div>
        </>
      ) : (
        <p>{t('welcome.waitWords')}</p>
      )}
      <Notices />
    </Door>
  )
}

/** The first mentions can be read while the rest still comes. */
function SampleComing({ started, onOpen }: { started: Started; onOpen: () => void }) {
  const { t } = useTranslation()
  const progress = useProgress(started.project.id, started.progress.id).data ?? started.progress
  return (
    <div className={styles.coming}>
      <ProgressBar progress={progress} />
      <div>
        <Button
          variant={hasEnded(progress) ? 'filled' : 'default'}
          size="sm"
          disabled={progress.saved === 0 && !hasEnded(progress)}
          onClick={onOpen}
        >
          {t('welcome.open')}
        </Button>
      </div>
    </div>
  )
}
