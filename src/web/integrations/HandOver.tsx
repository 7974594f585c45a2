import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketRecords } from '../../serve/api/shapes/integration.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import styles from './Integrations.module.css'
import { ticketRecordsQuery } from './queries.ts'
import { RecordLine } from './RecordLine.tsx'

/** What other systems have of a ticket, and one press, or one key, to hand it over. Nothing where none is connected. */
export function HandOver({ ticket }: { ticket: number }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [going, setGoing] = useState<number | null>(null)
  const records = useQuery(ticketRecordsQuery(project.id, ticket)).data
  const offered = (records?.offered ?? []).filter(({ state }) => state === 'on')
  const handOver = async (integration: number, name: string) => {
    setGoing(integration)
    try {
      const after = await send<TicketRecords>('POST', `/projects/${project.id}/tickets/${ticket}/records`, {
        integration,
      })
      client.setQueryData(ticketRecordsQuery(project.id, ticket).queryKey, after)
      tell(t('integrations.handedOver', { name }))
    } catch (error) {
      tellFailure(t('integrations.notHandedOver'), error)
    }
    setGoing(null)
  }
  const [first] = offered
  useKeys(t('integrations.keys'), [
    {
      keys: 'c',
      does: t('integrations.handOverKey'),
      off: first === undefined,
      run: () => first !== undefined && void handOver(first.id, first.name),
    },
  ])
  if (records === undefined || (records.items.length === 0 && offered.length === 0)) return null
  return (
    <section className={styles.elsewhere} aria-label={t('integrations.elsewhere')}>
      {records.items.map((record) => (
        <RecordLine key={record.id} record={record} />
      ))}
      {offered.map(({ id, name }, index) => (
        <Button
          key={id}
          size="xs"
          leftSection={<Icon name="share" size={14} />}
          loading={going === id}
          title={index === 0 ? t('integrations.handOverTitle') : undefined}
          onClick={() => void handOver(id, name)}
        >
          {t('integrations.handOverTo', { name })}
        </Button>
      ))}
    </section>
  )
}
