import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type FacetName, listOf, toggled, useFilter } from '../parts/filter.ts'
import { useNarrow } from '../parts/narrow.ts'
import styles from './Narrow.module.css'

/**
 * A value that is known of the open mention, as a link to all mentions with it; pressed again, the filter is off. The mention
 * stays open beside the list, and gives way to it on a phone.
 */
export function Narrow({
  by,
  value,
  chip = false,
  children,
}: {
  by: FacetName
  value: string
  chip?: boolean
  children: ReactNode
}) {
  const { t } = useTranslation()
  const { search } = useFilter()
  const isPhone = useNarrow()
  const isOn = listOf(search[by]).includes(value)
  return (
    <Link
      to="."
      search={(before: { open?: string }) => ({
        ...before,
        [by]: isOn ? toggled(search[by], value) : toggled(undefined, value),
        ...(isPhone ? { open: undefined } : {}),
      })}
      className={chip ? styles.chip : styles.word}
      data-on={isOn || undefined}
      title={t(isOn ? 'understood.narrowOff' : 'understood.narrow', { what: t(`filter.${by}`) })}
      preload={false}
    >
      <bdi>{children}</bdi>
    </Link>
  )
}
