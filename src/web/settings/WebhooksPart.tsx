import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewWebhook, Webhook, WebhookTry } from '../../serve/api/shapes/webhook.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { Answer, Empty } from '../parts/states.tsx'
import { OneTime } from './OneTime.tsx'
import { webhooksQuery } from './queries.ts'
import styles from './Settings.module.css'
import { WebhookForm } from './WebhookForm.tsx'
import { problemWords, WebhookLog } from './WebhookLog.tsx'

type Shown = { name: string; secret: string; isNew: boolean }

/** Programs that are told what happens, their secrets, and what they were told. */
export function WebhooksPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const { queryKey, ...query } = webhooksQuery(project.id)
  const webhooks = useQuery({ queryKey, ...query })
  const [edited, setEdited] = useState<Webhook | 'new' | null>(null)
  const [secret, setSecret] = useState<Shown | null>(null)
  const [read, setRead] = useState<number | null>(null)
  const refresh = () => void client.invalidateQueries({ queryKey })
  const add = (
    <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setEdited('new')}>
      {t('webhooks.add')}
    </Button>
  )
  return (
    <section className={styles.wide}>
      <div className={styles.sectionHead}>
        <p className={styles.help}>{t('webhooks.help')}</p>
        {edited === null && (webhooks.data?.length ?? 0) > 0 && add}
      </div>
      {edited !== null && (
        <WebhookForm
          key={edited === 'new' ? 'new' : edited.id}
          webhook={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={(made: NewWebhook | null) => {
            setEdited(null)
            if (made) setSecret({ name: made.webhook.name, secret: made.secret, isNew: true })
            refresh()
          }}
        />
      )}
      {secret !== null && (
        <OneTime
          title={t('webhooks.secretOf', { name: secret.name })}
          words={t(secret.isNew ? 'webhooks.secretWords' : 'webhooks.newSecretWords')}
          secret={secret.secret}
          onDone={() => setSecret(null)}
        />
      )}
      <Answer of={webhooks} rows={3}>
        {(items) =>
          items.length === 0 ? (
            edited === null && (
              <Empty says={t('webhooks.none')} next={add}>
                {t('webhooks.noneWords')}
              </Empty>
            )
          ) : (
            <ul className={styles.rows}>
              {items.map((webhook) => (
                <li key={webhook.id} className={styles.told}>
                  <Described webhook={webhook} />
                  <Actions
                    webhook={webhook}
                    isRead={read === webhook.id}
                    onEdit={() => setEdited(webhook)}
                    onRead={() => setRead(read === webhook.id ? null : webhook.id)}
                    onSecret={(fresh) => setSecret({ name: webhook.name, secret: fresh, isNew: false })}
                    onChanged={refresh}
                  />
                  {read === webhook.id && <WebhookLog webhook={webhook} />}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </section>
  )
}

function Described({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const { name, url, kinds, isOn, offBecause, waiting, lastSuccessAt } = webhook
  return (
    <span className={styles.who}>
      <bdi className={styles.name}>{name}</bdi>
      <bdi className={styles.quiet}>{url}</bdi>
      <span className={styles.kindsLine}>{kinds.map((kind) => t(`alarms.kind_${kind}`)).join(' · ')}</span>
      <span className={styles.quiet}>
        {lastSuccessAt === null ? (
          t('webhooks.never')
        ) : (
          <>
            {t('webhooks.lastSuccess')} <When at={lastSuccessAt} />
          </>
        )}
        {waiting > 0 && ` · ${t('webhooks.waiting', { count: waiting })}`}
        {!isOn && offBecause === null && ` · ${t('webhooks.off')}`}
      </span>
      {offBecause !== null && <span className={styles.wrong}>{t(`webhooks.off_${offBecause}`)}</span>}
    </span>
  )
}

function Actions({
  webhook: { id, name, isOn },
  isRead,
  onEdit,
  onRead,
  onSecret,
  onChanged,
}: {
  webhook: Webhook
  isRead: boolean
  onEdit: () => void
  onRead: () => void
  onSecret: (secret: string) => void
  onChanged: () => void
}) {
  const { t } = useTranslation()
  const path = `/projects/${useProject().id}/webhooks/${id}`
  const doing = (failure: string, work: () => Promise<void>) => async () => {
    try {
      await work()
    } catch (error) {
      tellFailure(failure, error)
    }
    onChanged()
  }
  const ping = doing(t('webhooks.notPinged'), async () => {
    const tried = await send<WebhookTry>('POST', `${path}/ping`)
    if (tried.problem === null) tell(t('webhooks.pinged', { status: tried.status, ms: tried.tookMs }))
    else tellFailure(`${t('webhooks.notPinged')}: ${problemWords(t, tried)}`, null)
  })
  const turn = doing(t('webhooks.notChanged'), async () => send('PATCH', path, { isOn: !isOn }))
  const renew = doing(t('webhooks.notChanged'), async () =>
    onSecret((await send<{ secret: string }>('POST', `${path}/secret`)).secret),
  )
  const remove = doing(t('webhooks.notChanged'), async () => {
    await send('DELETE', path)
    tell(t('webhooks.removed', { name }))
  })
  return (
    <span className={styles.rowButtons}>
      <Button variant="subtle" aria-expanded={isRead} onClick={onRead}>
        {t('webhooks.log')}
      </Button>
      <Button variant="subtle" onClick={() => void ping()}>
        {t('webhooks.ping')}
      </Button>
      <Button variant="subtle" onClick={onEdit}>
        {t('webhooks.edit')}
      </Button>
      <Button variant="subtle" onClick={() => void renew()}>
        {t('webhooks.newSecret')}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => void turn()}>
        {t(isOn ? 'webhooks.switchOff' : 'webhooks.switchOn')}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => void remove()}>
        {t('webhooks.remove')}
      </Button>
    </span>
  )
}
