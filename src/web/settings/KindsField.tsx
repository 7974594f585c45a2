import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Kind } from '../../serve/api/shapes/webhook.ts'
import styles from './Settings.module.css'

/** In the order in which they grow from daily work to trouble. */
const kinds = [
  'mention.arrived',
  'ticket.opened',
  'ticket.changed',
  'ticket.solved',
  'reply.sent',
  'promise.near',
  'promise.missed',
  'promise.escalated',
  'promise.explosion',
  'source.ill',
  'source.silent',
  'spike.volume',
  'spike.negative',
  'rule.told',
  'webhook.off',
] as const satisfies readonly Kind[]

/** Chooses what somebody hears of. `without` are kinds that do not fit the place. */
export function KindsField({
  label,
  value,
  without,
  error,
  onChange,
}: {
  label: string
  value: Kind[]
  without: readonly Kind[]
  error: string | undefined
  onChange: (kinds: Kind[]) => void
}) {
  const { t } = useTranslation()
  return (
    <Checkbox.Group label={label} value={value} error={error} onChange={(chosen) => onChange(chosen as Kind[])}>
      <div className={styles.kinds}>
        {kinds
          .filter((kind) => !without.includes(kind))
          .map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`alarms.kind_${kind}`)} />
          ))}
      </div>
    </Checkbox.Group>
  )
}
