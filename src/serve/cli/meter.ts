import type { Call } from './command.ts'

export type Meter = { add(count: number): void; end(): void }

/** Counts on standard error while a person watches; says nothing when that is not a terminal. */
export function createMeter(call: Call, total: number | null = null): Meter {
  if (!call.stderr.isTTY) return { add: () => {}, end: () => {} }
  const format = new Intl.NumberFormat(call.language)
  let count = 0
  let shownAt = 0
  const show = () => {
    shownAt = performance.now()
    call.stderr.write(`\r\x1b[K${format.format(count)}${total === null ? '' : ` / ${format.format(total)}`}`)
  }
  return {
    add: (added) => {
      count += added
      if (performance.now() - shownAt > 100) show()
    },
    end: () => {
      show()
      call.stderr.write('\n')
    },
  }
}
