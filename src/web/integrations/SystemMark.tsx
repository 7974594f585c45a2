import type { IntegrationSystem } from '../../serve/api/shapes/integration.ts'
import styles from './Integrations.module.css'

type Name = IntegrationSystem['system']

/** Names of products; they are the same in every language. */
export const systemNames: { [system in Name]: string } = {
  rt: 'Request Tracker',
  espocrm: 'EspoCRM',
  bitrix24: 'Bitrix24',
  amocrm: 'amoCRM, Kommo',
  hubspot: 'HubSpot',
  odoo: 'Odoo',
  zammad: 'Zammad',
  jira: 'Jira Service Management',
  zendesk: 'Zendesk',
}

/** Its letters, for these are not our logos to show. */
export function SystemMark({ system }: { system: Name }) {
  return (
    <span className={styles.mark} title={systemNames[system]} aria-hidden="true">
      {system === 'rt' ? 'RT' : systemNames[system].slice(0, 1).toUpperCase()}
    </span>
  )
}
