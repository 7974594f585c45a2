import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { Icon } from '../look/icons.tsx'
import styles from './Covered.module.css'
import { useUncover, useUncovered } from './uncovered.ts'

/** The words of a mention and what they lead to; toxic ones are blurred, for readers aloud too, until this person asks to read them. */
export function Covered({
  mention,
  project,
  isTitle = false,
  children,
}: {
  mention: Pick<Mention, 'id' | 'toxic'>
  /** The one it is of, where the address names none. */
  project?: number | undefined
  /** Stands in a line of other words. */
  isTitle?: boolean
  children: ReactNode
}) {
  const { t } = useTranslation()
  const open = useUncovered(mention.id)
  const uncover = useUncover(project)
  if (mention.toxic !== true || open) return children
  return (
    <span className={styles.covered} data-title={isTitle || undefined}>
      <span className={styles.blurred} aria-hidden="true" inert>
        {children}
      </span>
      {/* It stands in rows that are buttons themselves, where no other button may be. */}
      <span
        role="button"
        tabIndex={0}
        className={styles.uncover}
        title={t('understood.uncoverHelp')}
        onClick={(event) => {
          // Neither the row nor the link it may stand in is meant.
          event.preventDefault()
          event.stopPropagation()
          uncover(mention.id, true)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          event.stopPropagation()
          uncover(mention.id, true)
        }}
      >
        <Icon name="eye" size={12} /> {t('understood.covered')}
      </span>
    </span>
  )
}
