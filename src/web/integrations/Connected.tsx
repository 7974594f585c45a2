import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Integration, IntegrationSystem } from '../../serve/api/shapes/integration.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { Confirm } from '../parts/Confirm.tsx'
import { When } from '../parts/figures.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { Connect } from './Connect.tsx'
import { ExchangeLog } from './ExchangeLog.tsx'
import styles from './Integrations.module.css'
import { SetUpForm } from './SetUpForm.tsx'
import { SystemMark } from './SystemMark.tsx'

/** One connected system: whether it works, what is set up, and what was exchanged last. */
export function Connected({ integration, fields }: { integration: Integration; fields: IntegrationSystem['fields'] }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [shown, setShown] = useState<'setUp' | 'log' | 'again' | null>(null)
  const [removing, setRemoving] = useState(false)
  const [busy, setBusy] = useState(false)
  const { id, system, name, state, problem, polledAt, hook } = integration
  const at = `/projects/${project.id}/integrations/${id}`
  const refresh = () => client.invalidateQueries({ queryKey: ['project', project.id, 'integrations'] })
  const run = async (work: () => Promise<unknown>, words: string) => {
    setBusy(true)
    try {
      await work()
      tell(words)
    } catch (error) {
      tellFailure(t('integrations.notChanged'), error)
    }
    await refresh()
    setBusy(false)
  }
  const toggle = (what: NonNullable<typeof shown>) => setShown(shown === what ? null : what)
  return (
    <article className={styles.connected} aria-label={name}>
      <header className={styles.connectedHead}>
        <SystemMark system={system} /> <bdi className={styles.name}>{name}</bdi>
        <span className={styles.tag} data-paused={state === 'paused' || undefined}>
          {t(`integrations.state_${state}`)}
        </span>
        <span className={styles.quiet}>
          {polledAt === null ? (
            t('integrations.neverHeard')
          ) : (
            <>
              {t('integrations.heard')} <When at={polledAt} />
            </>
          )}
        </span>
        <span className={styles.buttons}>
          <Button
            size="xs"
            loading={busy}
            onClick={() => void run(() => send('POST', `${at}/test`), t('integrations.tested', { name }))}
          >
            {t(state === 'on' ? 'integrations.test' : 'integrations.testAndGoOn')}
          </Button>
          <Button size="xs" aria-expanded={shown === 'setUp'} onClick={() => toggle('setUp')}>
            {t('integrations.setUp')}
          </Button>
          <Button size="xs" aria-expanded={shown === 'log'} onClick={() => toggle('log')}>
            {t('integrations.log')}
          </Button>
          <Button size="xs" aria-expanded={shown === 'again'} onClick={() => toggle('again')}>
            {t('integrations.again')}
          </Button>
          {state === 'on' && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              onClick={() => void run(() => send('POST', `${at}/pause`), t('integrations.paused', { name }))}
            >
              {t('integrations.pause')}
            </Button>
          )}
          <Button size="xs" variant="subtle" color="gray" onClick={() => setRemoving(true)}>
            {t('integrations.remove')}
          </Button>
        </span>
      </header>
      {problem !== null && (
        <p className={styles.problem}>
          <Icon name="alert" size={14} /> {problem}
        </p>
      )}
      {shown === 'setUp' && (
        <>
          <SetUpForm integration={integration} onSaved={refresh} />
          <p className={styles.hook}>
            {t('integrations.hookWords')} <code>{hook}</code>
          </p>
        </>
      )}
      {shown === 'log' && <ExchangeLog integration={id} />}
      {shown === 'again' && <Connect system={{ system, fields }} again={integration} onDone={() => setShown(null)} />}
      <Confirm
        open={removing}
        title={t('integrations.remove')}
        does={t('integrations.remove')}
        onDo={async () => {
          setRemoving(false)
          await run(() => send('DELETE', at), t('integrations.removed', { name }))
        }}
        onClose={() => setRemoving(false)}
      >
        {t('integrations.removeSure', { name })}
      </Confirm>
    </article>
  )
}
