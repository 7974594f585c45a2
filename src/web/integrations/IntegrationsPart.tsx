import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IntegrationSystem } from '../../serve/api/shapes/integration.ts'
import { useProject } from '../api/queries.ts'
import { Answer } from '../parts/states.tsx'
import settings from '../settings/Settings.module.css'
import { Connect } from './Connect.tsx'
import { Connected } from './Connected.tsx'
import styles from './Integrations.module.css'
import { integrationsQuery } from './queries.ts'
import { SystemMark, systemNames } from './SystemMark.tsx'

const kinds = ['crm', 'desk'] as const

/** CRMs and ticket systems: those that are connected, and what the others bring and need. */
export function IntegrationsPart() {
  const { t } = useTranslation()
  const project = useProject()
  const all = useQuery(integrationsQuery(project.id))
  const [adding, setAdding] = useState<IntegrationSystem['system'] | null>(null)
  return (
    <Answer of={all} rows={6}>
      {({ items, systems }) => {
        const chosen = systems.find(({ system }) => system === adding)
        return (
          <section className={settings.wide}>
            <p className={settings.help}>{t('integrations.help')}</p>
            {items.map((one) => (
              <Connected
                key={one.id}
                integration={one}
                fields={systems.find(({ system }) => system === one.system)?.fields ?? []}
              />
            ))}
            <h2>{t('integrations.catalogue')}</h2>
            {chosen !== undefined && <Connect key={chosen.system} system={chosen} onDone={() => setAdding(null)} />}
            {kinds.map((kind) => (
              <section key={kind} className={styles.kind} aria-labelledby={`systems-${kind}`}>
                <h3 id={`systems-${kind}`}>{t(`integrations.kind_${kind}`)}</h3>
                <p className={settings.help}>{t(`integrations.brings_${kind}`)}</p>
                <ul className={styles.cards}>
                  {systems
                    .filter((system) => system.kind === kind)
                    .map((system) => (
                      <li key={system.system}>
                        <Card
                          system={system}
                          chosen={adding === system.system}
                          onChoose={() => setAdding(adding === system.system ? null : system.system)}
                        />
                      </li>
                    ))}
                </ul>
              </section>
            ))}
          </section>
        )
      }}
    </Answer>
  )
}

function Card({ system, chosen, onChoose }: { system: IntegrationSystem; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation()
  return (
    <button type="button" className={styles.card} aria-expanded={chosen} onClick={onChoose}>
      <span className={styles.recordHead}>
        <SystemMark system={system.system} /> <span className={styles.name}>{systemNames[system.system]}</span>
      </span>
      <span className={styles.quiet}>{t(`integrations.needs_${system.system}`)}</span>
      <span className={styles.quiet}>{t(system.met ? 'integrations.met' : 'integrations.notMet')}</span>
    </button>
  )
}
