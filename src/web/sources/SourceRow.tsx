import { ActionIcon, Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../serve/api/shapes/source.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { Figure, When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { offerUndo, tell, tellFailure } from '../parts/notices.ts'
import { useNow } from '../parts/now.ts'
import { mayManage } from '../parts/roles.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { NewKeys } from './NewKeys.tsx'
import { PushAddress } from './PushAddress.tsx'
import { sourcesQuery } from './queries.ts'
import styles from './Sources.module.css'
import { useTook } from './took.ts'

export function SourceRow({ source }: { source: Source }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const { platform, name, url, state, health, lastCheckedAt, lastItemAt, nextCheckAt, lastError, mentions } = source
  const { catchingUp } = source
  const condition = state === 'active' ? health : state
  return (
    <li className={styles.row} data-condition={condition}>
      <span className={styles.platform}>
        <PlatformMark platform={platform} />
      </span>
      <span className={styles.named}>
        <bdi className={styles.name}>{name}</bdi>
        {url !== null && url !== name && <bdi className={styles.url}>{url}</bdi>}
        {lastError !== null && (
          <span className={styles.error} dir="auto">
            {lastError}
          </span>
        )}
        {catchingUp && state === 'active' && lastError === null && (
          <span className={styles.url}>{t('sources.catchingUp')}</span>
        )}
      </span>
      <span className={styles.health} data-condition={condition}>
        <i /> {t(`sources.health_${condition}`)}
      </span>
      <dl className={styles.times}>
        <div>
          <dt>{t('sources.lastItem')}</dt>
          <dd>
            <When at={lastItemAt} why={t('sources.noItemYet')} />
          </dd>
        </div>
        <div>
          <dt>{t('sources.lastCheck')}</dt>
          <dd>
            <When at={lastCheckedAt} why={t('sources.notCheckedYet')} />
          </dd>
        </div>
        <div>
          <dt>{t('sources.nextCheck')}</dt>
          <dd>
            {state === 'active' ? (
              <Next at={nextCheckAt} />
            ) : (
              <span className={styles.quiet}>{t('sources.noCheck')}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('sources.latency')}</dt>
          <dd>
            <Latency latency={source.latency} />
          </dd>
        </div>
      </dl>
      <span className={styles.mentions}>
        {mentions === 0 ? (
          <span className={styles.quiet}>{t('sources.noMentions')}</span>
        ) : (
          <Link
            to="/projects/$project/inbox"
            params={{ project: String(project.id) }}
            search={{ sourceId: String(source.id) }}
            title={t('sources.showMentions', { name })}
          >
            <Figure value={mentions} short />{' '}
            <span className={styles.unit}>{t('sources.mentions', { count: mentions, shown: f.number(mentions) })}</span>
          </Link>
        )}
      </span>
      <span className={styles.actions}>{mayManage(project.role) && <Actions source={source} />}</span>
    </li>
  )
}

/** The median, with the 95th percentile behind it. */
function Latency({ latency: { medianMs, p95Ms } }: Pick<Source, 'latency'>) {
  const { t } = useTranslation()
  const took = useTook()
  if (medianMs === null || p95Ms === null) return <span title={t('sources.latencyUnknown')}>—</span>
  const [median, p95] = [took(medianMs), took(p95Ms)]
  return (
    <span title={t('sources.latencyBoth', { median, p95 })}>
      {median} · {p95}
    </span>
  )
}

/** What is to come is told as time left; the exact moment stands behind it. */
function Next({ at }: { at: string | null }) {
  const { t } = useTranslation()
  const f = useFormat()
  const now = useNow()
  if (at === null) return <When at={null} why={t('sources.noCheck')} />
  const minutes = Math.ceil((Date.parse(at) - now) / 60_000)
  const words =
    minutes <= 0
      ? t('sources.anyMoment')
      : minutes < 120
        ? t('sources.inMinutes', { count: minutes })
        : t('sources.inHours', { count: Math.round(minutes / 60) })
  return (
    <time dateTime={at} title={f.exact(at)}>
      {words}
    </time>
  )
}

function Actions({ source }: { source: Source }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const { queryKey } = sourcesQuery(project.id)
  const path = `/projects/${project.id}/sources/${source.id}`
  const show = (change: Partial<Source>) =>
    client.setQueryData(queryKey, (items) => items?.map((one) => (one.id === source.id ? { ...one, ...change } : one)))
  const hasKeys = source.secrets.length > 0
  const [renewing, setRenewing] = useState(false)
  const [addressed, setAddressed] = useState(false)
  const refresh = () => void client.invalidateQueries({ queryKey })

  const setState = async (state: 'active' | 'paused') => {
    show({ state })
    try {
      show(await send<Source>('PATCH', path, { state }))
      return true
    } catch (error) {
      show(source)
      tellFailure(t('sources.notChanged'), error)
      return false
    }
  }
  const pause = async () => {
    if (await setState('paused')) offerUndo(t('sources.paused', { name: source.name }), () => setState('active'))
  }
  const checkNow = async () => {
    try {
      show(await send<Source>('POST', `${path}/check-now`))
      tell(t('sources.checking', { name: source.name }))
    } catch (error) {
      tellFailure(t('sources.notChecked'), error)
    }
  }
  const remove = async () => {
    client.setQueryData(queryKey, (items) => items?.filter(({ id }) => id !== source.id))
    try {
      await send('DELETE', path)
      if (hasKeys) tell(t('sources.removedWithKeys', { name: source.name }))
      else
        offerUndo(t('sources.removed', { name: source.name }), async () => {
          await send<Source>('POST', `/projects/${project.id}/sources`, {
            platform: source.platform,
            url: source.url ?? source.name,
            name: source.name,
          })
          refresh()
        })
    } catch (error) {
      tellFailure(t('sources.notRemoved'), error)
    }
    refresh()
  }
  return (
    <>
      {source.state === 'active' && (
        <ActionIcon
          aria-label={t('sources.checkNowOf', { name: source.name })}
          title={t('sources.checkNow')}
          onClick={() => void checkNow()}
        >
          <Icon name="refresh" />
        </ActionIcon>
      )}
      {source.state !== 'active' && (
        <ActionIcon
          aria-label={t('sources.resumeOf', { name: source.name })}
          title={t('sources.resume')}
          onClick={() => void setState('active')}
        >
          <Icon name="play" />
        </ActionIcon>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('sources.more', { name: source.name })}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {source.state === 'active' && (
            <Menu.Item leftSection={<Icon name="refresh" />} onClick={() => void checkNow()}>
              {t('sources.checkNow')}
            </Menu.Item>
          )}
          {source.state === 'active' && (
            <Menu.Item leftSection={<Icon name="pause" />} onClick={() => void pause()}>
              {t('sources.pause')}
            </Menu.Item>
          )}
          {source.state !== 'active' && (
            <Menu.Item leftSection={<Icon name="play" />} onClick={() => void setState('active')}>
              {t('sources.resume')}
            </Menu.Item>
          )}
          {hasKeys && (
            <Menu.Item leftSection={<Icon name="link" />} onClick={() => setRenewing(true)}>
              {t('sources.newKeys')}
            </Menu.Item>
          )}
          {source.platform === 'webhook' && (
            <Menu.Item leftSection={<Icon name="link" />} onClick={() => setAddressed(true)}>
              {t('sources.showAddress')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon name="trash" />} onClick={() => void remove()}>
            {t(hasKeys ? 'sources.removeWithKeys' : 'sources.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Sheet open={addressed} title={t('sources.showAddress')} onClose={() => setAddressed(false)}>
        {addressed && <PushAddress source={source.id} />}
      </Sheet>
      {hasKeys && <NewKeys source={source} open={renewing} onClose={() => setRenewing(false)} />}
    </>
  )
}
