import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogueEntry } from '../../serve/api/shapes/source.ts'
import { PlatformMark } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import styles from './Catalogue.module.css'

/** What a platform brings, what it costs and what is missing before it can be collected. */
export function CatalogueWords({ entry }: { entry: CatalogueEntry }) {
  return (
    <>
      <span className={styles.head}>
        <PlatformMark platform={entry.platform} /> <strong>{entry.name}</strong>
      </span>
      <span className={styles.brings}>{entry.brings}</span>
      <Facts entry={entry} />
    </>
  )
}

function Facts({ entry }: { entry: CatalogueEntry }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { cost, needs, fields, collects, follows, replies } = entry
  const missing = fields.filter(({ required }) => required).map(({ label }) => label)
  const price = [
    ...(cost !== null && cost.perItem > 0
      ? [t('sources.perItem', { price: f.money(cost.perItem * 1000, cost.currency) })]
      : []),
    ...(cost !== null && cost.perRequest > 0
      ? [t('sources.perRequest', { price: f.money(cost.perRequest * 1000, cost.currency) })]
      : []),
  ]
  return (
    <dl className={styles.facts}>
      <Fact name={t('sources.price')}>{price.length > 0 ? f.list(price) : t(`sources.price_${needs}`)}</Fact>
      <Fact name={t('sources.needed')}>{missing.length > 0 ? f.list(missing) : t('sources.neededNothing')}</Fact>
      <Fact name={t('sources.arrives')}>{t(`sources.arrives_${arrives(collects)}`)}</Fact>
      {(replies || follows.edits || follows.deletions) && (
        <Fact name={t('sources.also')}>
          {f.list([
            ...(replies ? [t('sources.replies')] : []),
            ...(follows.edits ? [t('sources.followsEdits')] : []),
            ...(follows.deletions ? [t('sources.followsDeletions')] : []),
          ])}
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function arrives(collects: CatalogueEntry['collects']): 'stream' | 'poll' | 'both' {
  if (collects[0] !== 'poll') return 'stream'
  return collects.length > 1 ? 'both' : 'poll'
}
