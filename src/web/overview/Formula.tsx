import { Tooltip } from '@mantine/core'
import { Icon } from '../look/icons.tsx'
import styles from './Overview.module.css'

/** How a figure is counted, in words, on hover and on focus. */
export function Formula({ of }: { of: string | undefined }) {
  return of === undefined || of === '' ? null : (
    <Tooltip label={of} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={styles.formula} aria-label={of}>
        <Icon name="info" size={12} />
      </button>
    </Tooltip>
  )
}
