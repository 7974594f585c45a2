import { MultiSelect, Select, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Integration, IntegrationSetup } from '../../serve/api/shapes/integration.ts'
import { send } from '../api/client.ts'
import { topicsQuery, useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { membersQuery } from '../settings/queries.ts'
import styles from './Integrations.module.css'

const statuses = ['open', 'pending', 'solved', 'closed'] as const

/** A person chooses among what the system lists: where things go, whose they are, what comes back. */
export function SetUpForm({ integration, onSaved }: { integration: Integration; onSaved: () => Promise<unknown> }) {
  const { t } = useTranslation()
  const project = useProject()
  const topics = useQuery(topicsQuery(project.id)).data ?? []
  const members = useQuery(membersQuery(project.id)).data ?? []
  const [setup, setSetup] = useState<IntegrationSetup>(integration.setup)
  const saving = useSaving(t('settings.notSaved'))
  const change = (some: Partial<IntegrationSetup>) => setSetup({ ...setup, ...some })
  const { places, owners, kind } = integration
  const place = places.find(({ id }) => id === setup.place) ?? places[0]
  const save = async () => {
    await send('PUT', `/projects/${project.id}/integrations/${integration.id}/setup`, setup)
    tell(t('settings.saved'))
    await onSaved()
  }
  return (
    <form className={styles.setUp} onSubmit={saving.onSubmit(save)}>
      <div className={styles.fields}>
        <Select
          label={t('integrations.place')}
          data={options(places)}
          value={place?.id ?? null}
          allowDeselect={false}
          onChange={(value) => change({ place: value, stage: null })}
        />
        <Select
          label={t('integrations.firstStage')}
          placeholder={t('integrations.theirChoice')}
          data={options(place?.stages ?? [])}
          value={setup.stage}
          clearable
          onChange={(stage) => change({ stage })}
        />
        <Select
          label={t('integrations.firstOwner')}
          placeholder={t('integrations.theirChoice')}
          data={options(owners)}
          value={setup.owner}
          searchable
          clearable
          onChange={(owner) => change({ owner })}
        />
        <MultiSelect
          label={t('integrations.topics')}
          placeholder={setup.topics.length === 0 ? t('integrations.topicsNone') : undefined}
          data={topics.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={setup.topics.map(String)}
          searchable
          clearable
          onChange={(chosen) => change({ topics: chosen.map(Number) })}
        />
      </div>
      <Switch
        label={t('integrations.replies')}
        checked={setup.replies}
        onChange={(event) => change({ replies: event.currentTarget.checked })}
      />
      {kind === 'desk' && (
        <Switch
          label={t('integrations.closes')}
          checked={setup.closes}
          onChange={(event) => change({ closes: event.currentTarget.checked })}
        />
      )}
      {members.length > 0 && owners.length > 0 && (
        <>
          <h3>{t('integrations.ownersTitle')}</h3>
          <div className={styles.fields}>
            {members.map(({ id, name }) => (
              <Select
                key={id}
                label={<bdi>{name}</bdi>}
                placeholder={t('integrations.nobodyThere')}
                data={options(owners)}
                value={setup.owners[id] ?? null}
                searchable
                clearable
                onChange={(value) => change({ owners: changed(setup.owners, id, value) })}
              />
            ))}
          </div>
        </>
      )}
      {place !== undefined && place.stages.length > 0 && (
        <>
          <h3>{t('integrations.statusesTitle')}</h3>
          <div className={styles.fields}>
            {place.stages.map(({ id, name }) => (
              <Select
                key={id}
                label={<bdi>{name}</bdi>}
                placeholder={t('integrations.staysAsIs')}
                data={statuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
                value={setup.statuses[id] ?? null}
                clearable
                onChange={(value) =>
                  change({ statuses: changed(setup.statuses, id, statuses.find((one) => one === value) ?? null) })
                }
              />
            ))}
          </div>
        </>
      )}
      <FormButtons does={t('common.save')} sending={saving.sending} />
    </form>
  )
}

function options(list: { id: string; name: string }[]) {
  return list.map(({ id, name }) => ({ value: id, label: name }))
}

/** Null takes the line out. */
function changed<T>(lines: { [name: string]: T }, name: string, value: T | null): { [name: string]: T } {
  const { [name]: _taken, ...others } = lines
  return value === null ? others : { ...others, [name]: value }
}
