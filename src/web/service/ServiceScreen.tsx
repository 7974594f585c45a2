import { Button, Menu, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Service } from '../../serve/api/shapes/service.ts'
import { apiAddress } from '../api/client.ts'
import { useProject, useTopics } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { useFacets } from '../parts/facets.ts'
import { platformName } from '../parts/names.ts'
import { Page } from '../parts/Page.tsx'
import { PeriodChip } from '../parts/PeriodChip.tsx'
import { Segments } from '../parts/Segments.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import { membersQuery } from '../settings/queries.ts'
import { queuesQuery } from '../tickets/queries.ts'
import { useServiceSearch } from './address.ts'
import { CountedSheet } from './CountedSheet.tsx'
import { HoursPart } from './HoursPart.tsx'
import { LoadPart } from './LoadPart.tsx'
import { PeoplePart } from './PeoplePart.tsx'
import { serviceQuery } from './queries.ts'
import styles from './Service.module.css'
import { Tiles } from './Tiles.tsx'

/** How well the customers of one project are served, at a glance; every figure opens down to its tickets. */
export function ServiceScreen() {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const { filter } = useServiceSearch()
  const service = useQuery(serviceQuery(project.id, filter, i18n.language))
  return (
    <Page title={t('service.title')} actions={<Export />} bar={<Filters />}>
      <div className={styles.screen} data-late={service.isPlaceholderData || undefined}>
        <Answer of={service} rows={8}>
          {(data) => (isEmpty(data) ? <Nothing /> : <Widgets service={data} />)}
        </Answer>
      </div>
      <CountedSheet />
    </Page>
  )
}

function Widgets({ service }: { service: Service }) {
  return (
    <>
      <Tiles service={service} />
      <div className={styles.grid}>
        <PeoplePart measures={service.measures} />
        <LoadPart service={service} />
        <HoursPart service={service} />
      </div>
    </>
  )
}

function isEmpty({ figures, figuresBefore, hours }: Service): boolean {
  return figures.counts.all === 0 && figuresBefore.counts.all === 0 && hours.minutes === 0
}

function Nothing() {
  const { t } = useTranslation()
  const project = useProject()
  const { search, set } = useServiceSearch()
  const isWide = search.period === '365d'
  return (
    <Empty
      says={t('service.empty')}
      next={
        isWide ? (
          <ButtonLink to="/projects/$project/inbox" params={{ project: String(project.id) }}>
            {t('service.toInbox')}
          </ButtonLink>
        ) : (
          <Button onClick={() => set({ period: '365d', from: undefined, to: undefined })}>{t('service.wider')}</Button>
        )
      }
    >
      {t('service.emptyWords')}
    </Empty>
  )
}

function Filters() {
  const { t } = useTranslation()
  const project = useProject()
  const { search, set } = useServiceSearch()
  const platforms = useFacets(project.id, {}).data?.platform ?? []
  const queues = useQuery(queuesQuery(project.id)).data ?? []
  const members = useQuery(membersQuery(project.id)).data ?? []
  const topics = useTopics(project.id).data ?? []
  const choice = (
    name: 'platform' | 'topic' | 'queue' | 'member',
    words: string,
    data: { value: string; label: string }[],
  ) => (
    <Select
      size="xs"
      className={styles.choice}
      aria-label={words}
      placeholder={words}
      data={data}
      value={search[name] ?? null}
      clearable
      searchable={data.length > 8}
      disabled={data.length === 0}
      onChange={(value) => set({ [name]: value ?? undefined })}
    />
  )
  return (
    <div className={styles.filters}>
      <PeriodChip />
      {choice(
        'platform',
        t('service.platform'),
        platforms.map(({ value }) => ({ value, label: platformName(t, value) })),
      )}
      {choice(
        'topic',
        t('service.topic'),
        topics.map(({ id, name }) => ({ value: String(id), label: name })),
      )}
      {choice(
        'queue',
        t('service.queue'),
        queues.map(({ id, name }) => ({ value: String(id), label: name })),
      )}
      {choice(
        'member',
        t('service.member'),
        members.map(({ id, name }) => ({ value: id, label: name })),
      )}
      <Segments
        label={t('service.hoursOf')}
        chosen={search.hours ?? 'all'}
        onChoose={(hours) => set({ hours: hours === 'work' ? 'work' : undefined })}
        options={[
          { value: 'all', label: t('service.hoursAll') },
          { value: 'work', label: t('service.hoursWork') },
        ]}
      />
    </div>
  )
}

function Export() {
  const { t } = useTranslation()
  const project = useProject()
  const { filter } = useServiceSearch()
  const address = (of: 'figures' | 'tickets') => apiAddress(`/projects/${project.id}/service/export`, { ...filter, of })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<Icon name="download" />}>{t('service.export')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address('figures')} download>
          {t('service.exportFigures')}
        </Menu.Item>
        <Menu.Item component="a" href={address('tickets')} download>
          {t('service.exportTickets')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
