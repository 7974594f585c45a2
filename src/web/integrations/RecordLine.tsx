import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IntegrationRecord } from '../../serve/api/shapes/integration.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import styles from './Integrations.module.css'
import { SystemMark } from './SystemMark.tsx'

/** A record in another system: where it stands there, whose it is, what it is worth in a CRM, and since when that is known. */
export function RecordLine({ record }: { record: IntegrationRecord }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { name, system, url, stage, owner, value, currency, asOf, state, problem } = record
  const worth = value === null ? '—' : currency === null ? f.number(value) : f.money(value, currency)
  return (
    <div className={styles.record}>
      <span className={styles.recordHead}>
        <SystemMark system={system} /> <bdi className={styles.name}>{name}</bdi>
        {url !== null && (
          <a href={url} target="_blank" rel="noopener noreferrer">
            {t('integrations.openThere')} <Icon name="out" size={12} />
          </a>
        )}
      </span>
      {state === 'done' ? (
        <dl className={styles.recordFacts}>
          <Fact name={t('integrations.stage')}>{stage ?? '—'}</Fact>
          {record.kind === 'crm' && <Fact name={t('integrations.value')}>{worth}</Fact>}
          <Fact name={t('integrations.owner')}>{owner ?? '—'}</Fact>
          <Fact name={t('integrations.asOf')}>{asOf === null ? '—' : <When at={asOf} />}</Fact>
        </dl>
      ) : (
        <span className={styles.quiet}>{t(`integrations.handing_${state}`)}</span>
      )}
      {problem !== null && (
        <p className={styles.problem}>
          <Icon name="alert" size={14} /> {problem}
        </p>
      )}
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  )
}
