import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Delivery, Webhook, WebhookTry } from '../../serve/api/shapes/webhook.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import { bodyQuery, deliveriesQuery } from './queries.ts'
import styles from './Settings.module.css'

const dayMs = 86_400_000

/** What a webhook was told last, how its receiver answered, and again by a press. */
export function WebhookLog({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const { queryKey, ...query } = deliveriesQuery(project.id, webhook.id)
  const log = useQuery({ queryKey, ...query })
  const again = async (work: () => Promise<string>) => {
    try {
      tell(await work())
    } catch (error) {
      tellFailure(t('webhooks.notReplayed'), error)
    }
    await client.invalidateQueries({ queryKey })
  }
  const path = `/projects/${project.id}/webhooks/${webhook.id}`
  const replayDay = async () => {
    const to = new Date()
    const span = { from: new Date(to.getTime() - dayMs).toISOString(), to: to.toISOString() }
    const { count } = await send<{ count: number }>('POST', `${path}/replay`, span)
    return t('webhooks.replayedSpan', { count })
  }
  const replay = async (delivery: number) => {
    await send('POST', `${path}/deliveries/${delivery}`)
    return t('webhooks.replayed')
  }
  return (
    <section className={styles.log} aria-label={t('webhooks.logOf', { name: webhook.name })}>
      <Answer of={log} rows={3}>
        {(items) => (
          <>
            {items.length === 0 && <p className={styles.help}>{t('webhooks.noLog')}</p>}
            <ul className={styles.rows}>
              {items.map((delivery) => (
                <Row
                  key={delivery.id}
                  webhook={webhook.id}
                  delivery={delivery}
                  onReplay={() => void again(() => replay(delivery.id))}
                />
              ))}
            </ul>
            <div>
              <Button onClick={() => void again(replayDay)}>{t('webhooks.replayDay')}</Button>
            </div>
          </>
        )}
      </Answer>
    </section>
  )
}

function Row({ webhook, delivery, onReplay }: { webhook: number; delivery: Delivery; onReplay: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const [open, setOpen] = useState(false)
  const body = useQuery({ ...bodyQuery(project.id, webhook, delivery.id), enabled: open })
  const last = delivery.attempts.at(-1)
  return (
    <li className={styles.told}>
      <span className={styles.who}>
        <span>{t(`alarms.kind_${delivery.kind}`)}</span>
        <span className={styles.quiet}>
          <When at={delivery.happenedAt} /> · {t(`webhooks.state_${delivery.state}`)}
          {last !== undefined && (
            <>
              {' '}
              · {last.problem === null ? String(last.status ?? '') : problemWords(t, last)} · <When at={last.at} />
            </>
          )}
        </span>
      </span>
      <span className={styles.rowButtons}>
        <Button variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('webhooks.body')}
        </Button>
        {delivery.state !== 'waiting' && (
          <Button variant="subtle" onClick={onReplay}>
            {t('webhooks.replay')}
          </Button>
        )}
      </span>
      {open && body.data !== undefined && (
        <pre className={styles.body} dir="ltr">
          {body.data === null ? t('webhooks.bodyGone') : JSON.stringify(JSON.parse(body.data), null, 2)}
        </pre>
      )}
    </li>
  )
}

/** How the receiver answered, in words. */
export function problemWords(t: TFunction, { status, problem }: WebhookTry): string {
  return problem === null ? '' : t(`webhooks.problem_${problem}`, { status: status ?? '' })
}
