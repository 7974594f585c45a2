import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { IntegrationExchange } from '../../serve/api/shapes/integration.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { tellFailure } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import styles from './Integrations.module.css'
import { exchangesQuery } from './queries.ts'

/** The last exchanges with their problems; what has ended without success may be tried again. */
export function ExchangeLog({ integration }: { integration: number }) {
  const { t } = useTranslation()
  const lines = useQuery(exchangesQuery(useProject().id, integration))
  return (
    <Answer of={lines} rows={3}>
      {(items) =>
        items.length === 0 ? (
          <p className={styles.quiet}>{t('integrations.noLog')}</p>
        ) : (
          <ul className={styles.log}>
            {items.map((line) => (
              <Line key={line.id} line={line} integration={integration} />
            ))}
          </ul>
        )
      }
    </Answer>
  )
}

function Line({ line, integration }: { line: IntegrationExchange; integration: number }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const { id, ticket, kind, state, at, problem } = line
  const again = async () => {
    try {
      await send('POST', `/projects/${project.id}/integration-exchanges/${id}/retry`)
    } catch (error) {
      tellFailure(t('integrations.notChanged'), error)
    }
    await client.invalidateQueries({ queryKey: exchangesQuery(project.id, integration).queryKey })
  }
  return (
    <li className={styles.line}>
      <span className={styles.quiet}>
        <When at={at} />
      </span>
      <span>
        {t(`integrations.exchangeKind_${kind}`)}{' '}
        <Link to="/projects/$project/tickets/$ticket" params={{ project: String(project.id), ticket: String(ticket) }}>
          {t('inbox.ticketNumber', { ticket })}
        </Link>{' '}
        <span className={styles.quiet}>· {t(`integrations.exchange_${state}`)}</span>
      </span>
      {state === 'refused' || state === 'unsure' ? (
        <Button size="compact-xs" onClick={() => void again()}>
          {t('integrations.tryAgain')}
        </Button>
      ) : (
        <span />
      )}
      {problem !== null && (
        <p className={styles.problem}>
          <Icon name="alert" size={14} /> {problem}
        </p>
      )}
    </li>
  )
}
