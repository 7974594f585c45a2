import { useTranslation } from 'react-i18next'
import { Segments } from '../parts/Segments.tsx'
import styles from './Tickets.module.css'

export const owners = ['all', 'me', 'none'] as const

/** Whose tickets are listed; an address may name any member, and then none of the three is chosen. */
export function Owners({ chosen, onChoose }: { chosen: string; onChoose: (owner: string | undefined) => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.owners}>
      <Segments
        label={t('tickets.assignee')}
        options={owners.map((value) => ({ value, label: t(`tickets.owner_${value}`) }))}
        chosen={chosen}
        onChoose={(name) => onChoose(name === 'all' ? undefined : name)}
        wide
      />
    </div>
  )
}
