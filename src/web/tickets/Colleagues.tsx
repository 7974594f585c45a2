import { Button, NumberInput } from '@mantine/core'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Aptitude, Colleague } from '../../serve/api/shapes/shift.ts'
import { get, send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { ListInput } from '../parts/ListInput.tsx'
import { tell } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { Answer, Empty } from '../parts/states.tsx'
import settings from '../settings/Settings.module.css'
import desk from './Desk.module.css'

function colleaguesQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'colleagues'],
    queryFn: async ({ signal }) =>
      (await get<{ items: Colleague[] }>(`/projects/${project}/colleagues`, { signal })).items,
  })
}

/** Whose turn it is: how much, in which languages and of what somebody is given. */
export function Colleagues() {
  const { t } = useTranslation()
  const colleagues = useQuery(colleaguesQuery(useProject().id))
  return (
    <section className={settings.wide}>
      <h2>{t('shift.team')}</h2>
      <p className={settings.help}>{t('shift.teamHelp')}</p>
      <Answer of={colleagues} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <Empty says={t('shift.noTeam')} />
          ) : (
            <ul className={settings.rows}>
              {items.map((colleague) => (
                <Row key={colleague.member.id} colleague={colleague} />
              ))}
            </ul>
          )
        }
      </Answer>
    </section>
  )
}

function Row({ colleague }: { colleague: Colleague }) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  const { member, since, open, capacity, languages, skills } = colleague
  const takes = [...(capacity === null ? [] : [`≤ ${capacity}`]), ...languages, ...skills]
  return (
    <>
      <li className={desk.row}>
        <span className={desk.words}>
          <bdi className={settings.name}>{member.name}</bdi>
          <span className={settings.help}>
            {[t(since === null ? 'shift.awayWith' : 'shift.worksWith', { count: open }), ...takes].join(' · ')}
          </span>
        </span>
        <Button variant="subtle" aria-expanded={changing} onClick={() => setChanging(!changing)}>
          {t('tickets.changePromise')}
        </Button>
      </li>
      {changing && (
        <li className={desk.opened}>
          <ColleagueForm colleague={colleague} onDone={() => setChanging(false)} />
        </li>
      )}
    </>
  )
}

function ColleagueForm({ colleague, onDone }: { colleague: Colleague; onDone: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const { member } = colleague
  const [aptitude, setAptitude] = useState<Aptitude>({
    capacity: colleague.capacity,
    languages: colleague.languages,
    skills: colleague.skills,
  })
  const { sending, onSubmit } = useSaving(t('shift.notSaved'))
  const set = (change: Partial<Aptitude>) => setAptitude({ ...aptitude, ...change })
  return (
    <form
      className={settings.form}
      onSubmit={onSubmit(async () => {
        const languages = aptitude.languages.map((code) => code.toLowerCase())
        await send('PUT', `/projects/${project.id}/colleagues/${encodeURIComponent(member.id)}`, {
          ...aptitude,
          languages,
        })
        await client.invalidateQueries({ queryKey: colleaguesQuery(project.id).queryKey })
        tell(t('shift.saved', { name: member.name }))
        onDone()
      })}
    >
      <NumberInput
        label={t('shift.capacity')}
        placeholder={t('shift.anyCapacity')}
        min={0}
        max={1000}
        value={aptitude.capacity ?? ''}
        onChange={(value) => set({ capacity: value === '' ? null : Number(value) })}
      />
      <ListInput
        label={t('shift.languages')}
        placeholder={t('shift.anyLanguage')}
        values={aptitude.languages}
        onChange={(languages) => set({ languages })}
      />
      <ListInput
        label={t('shift.skills')}
        placeholder={t('shift.anySkill')}
        values={aptitude.skills}
        onChange={(skills) => set({ skills })}
      />
      <FormButtons does={t('common.save')} sending={sending} onCancel={onDone} />
    </form>
  )
}
