/**
 * A long list of which only what is seen exists. Rows measure themselves; the height is a first guess.
 *   <VirtualList items={rows} keyOf={(m) => m.id} height={76} label={t('…')} current={3}
 *                onEnd={fetchNextPage} ref={handle}>{(item, index) => <Row …/>}</VirtualList>
 * `current` is kept in view and announced; `onEnd` is called when fewer than 30 rows remain below; `total` is the
 * true size for screen readers. `footer` stands after the last row (loading more, or failed with retry).
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import styles from './VirtualList.module.css'

const ahead = 30

export function VirtualList<T>({
  items,
  keyOf,
  height,
  label,
  current = null,
  total,
  onEnd,
  footer,
  onScrolled,
  children,
}: {
  items: readonly T[]
  keyOf: (item: T) => string | number
  height: number
  label: string
  current?: number | null
  total?: number
  onEnd?: () => void
  footer?: ReactNode
  onScrolled?: (top: number) => void
  children: (item: T, index: number) => ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : keyOf(item)
    },
    overscan: 8,
    scrollPaddingStart: 24,
    scrollPaddingEnd: 72,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const atEnd = useEffectEvent(() => onEnd?.())
  useEffect(() => {
    if (items.length > 0 && last >= items.length - ahead) atEnd()
  }, [last, items.length])
  const keepInView = useEffectEvent((index: number) => virtual.scrollToIndex(index, { align: 'auto' }))
  useEffect(() => {
    if (current !== null && current >= 0) keepInView(current)
  }, [current])

  return (
    <div
      ref={box}
      className={styles.box}
      onScroll={onScrolled === undefined ? undefined : (event) => onScrolled(event.currentTarget.scrollTop)}
    >
      <div className={styles.inner} style={{ height: virtual.getTotalSize() }} role="list" aria-label={label}>
        <div className={styles.shift} style={{ transform: `translateY(${rows[0]?.start ?? 0}px)` }}>
          {rows.map((row) => {
            const item = items[row.index]
            return item === undefined ? null : (
              <div
                key={row.key}
                data-index={row.index}
                ref={virtual.measureElement}
                role="listitem"
                aria-posinset={row.index + 1}
                aria-setsize={total ?? items.length}
              >
                {children(item, row.index)}
              </div>
            )
          })}
        </div>
      </div>
      {footer}
    </div>
  )
}
