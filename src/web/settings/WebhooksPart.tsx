import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewWebhook, Webhook, WebhookTry } from '../../serve/api/shapes/webhook.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { EditedRows } from './EditedRows.tsx'
import { OneTime } from './OneTime.tsx'
import { webhooksQuery } from './queries.ts'
import styles from './Settings.module.css'
import { ToldRow } from './ToldRow.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import { problemWords, WebhookLog } from './WebhookLog.tsx'

type Shown = { name: string; secret: string; isNew: boolean }

/** Programs that are told what happens, their secrets, and what they were told. */
export function WebhooksPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const { queryKey, ...query } = webhooksQuery(project.id)
  const offered = useQuery({ queryKey, ...query }).data?.kinds ?? []
  const webhooks = useQuery({ queryKey, ...query, select: ({ items }) => items })
  const [secret, setSecret] = useState<Shown | null>(null)
  const refresh = () => void client.invalidateQueries({ queryKey })
  return (
    <section className={styles.wide}>
      {secret !== null && (
        <OneTime
          title={t('webhooks.secretOf', { name: secret.name })}
          words={t(secret.isNew ? 'webhooks.secretWords' : 'webhooks.newSecretWords')}
          secret={secret.secret}
          onDone={() => setSecret(null)}
        />
      )}
      <EditedRows
        of={webhooks}
        words={{
          help: t('webhooks.help'),
          add: t('webhooks.add'),
          none: t('webhooks.none'),
          noneWords: t('webhooks.noneWords'),
        }}
        form={(webhook, close) => (
          <WebhookForm
            webhook={webhook}
            kinds={offered}
            onClose={close}
            onSaved={(made: NewWebhook | null) => {
              close()
              if (made) setSecret({ name: made.webhook.name, secret: made.secret, isNew: true })
              refresh()
            }}
          />
        )}
      >
        {(items, edit) => (
          <ul className={styles.rows}>
            {items.map((webhook) => (
              <Row
                key={webhook.id}
                webhook={webhook}
                onEdit={() => edit(webhook)}
                onSecret={(fresh) => setSecret({ name: webhook.name, secret: fresh, isNew: false })}
                onChanged={refresh}
              />
            ))}
          </ul>
        )}
      </EditedRows>
    </section>
  )
}

function Row({
  webhook,
  onEdit,
  onSecret,
  onChanged,
}: {
  webhook: Webhook
  onEdit: () => void
  onSecret: (secret: string) => void
  onChanged: () => void
}) {
  const { t } = useTranslation()
  const { id, name } = webhook
  const path = `/projects/${useProject().id}/webhooks/${id}`
  const [isRead, setRead] = useState(false)
  const test = async () => {
    const tried = await send<WebhookTry>('POST', `${path}/ping`)
    if (tried.problem === null) tell(t('webhooks.pinged', { status: tried.status, ms: tried.tookMs }))
    else tellFailure(`${t('alarms.notTested', { name })}: ${problemWords(t, tried)}`, null)
  }
  const renew = async () => {
    try {
      onSecret((await send<{ secret: string }>('POST', `${path}/secret`)).secret)
    } catch (error) {
      tellFailure(t('alarms.notChanged', { name }), error)
    }
    onChanged()
  }
  return (
    <ToldRow
      told={webhook}
      path={path}
      removeWords={t('webhooks.removeWords')}
      test={test}
      about={<About webhook={webhook} />}
      more={
        <>
          <Button variant="subtle" aria-expanded={isRead} onClick={() => setRead(!isRead)}>
            {t('webhooks.log')}
          </Button>
          <Button variant="subtle" onClick={() => void renew()}>
            {t('webhooks.newSecret')}
          </Button>
        </>
      }
      onEdit={onEdit}
      onChanged={onChanged}
    >
      {isRead && <WebhookLog webhook={webhook} />}
    </ToldRow>
  )
}

function About({ webhook: { url, isOn, offBecause, waiting, lastSuccessAt } }: { webhook: Webhook }) {
  const { t } = useTranslation()
  return (
    <>
      <bdi className={styles.quiet}>{url}</bdi>
      <span className={styles.quiet}>
        {lastSuccessAt === null ? (
          t('webhooks.never')
        ) : (
          <>
            {t('webhooks.lastSuccess')} <When at={lastSuccessAt} />
          </>
        )}
        {waiting > 0 && ` · ${t('webhooks.waiting', { count: waiting })}`}
        {!isOn && offBecause === null && ` · ${t('alarms.off')}`}
      </span>
      {offBecause !== null && <span className={styles.wrong}>{t(`webhooks.off_${offBecause}`)}</span>}
    </>
  )
}
