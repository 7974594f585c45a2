import type { Written } from './written.ts'

/** How somebody writes, without regard to what. */
export type Rhythm = {
  /** Share of mentions written within a minute after the one before; null below ten mentions. */
  sameMinute: number | null
  /** Mentions on a day with any; null below ten mentions. */
  perDay: number | null
  /** Share of mentions that say what the same account had said before; null below five mentions. */
  repeats: number | null
}

const dayS = 86_400

/** Of what was written, oldest first. */
export function rhythmOf(written: Written[]): Rhythm {
  const near = written.filter(({ at, account }, index) => {
    const before = written[index - 1]
    return before !== undefined && before.account === account && at - before.at <= 60
  })
  const days = new Set(written.map(({ at }) => Math.floor(at / dayS)))
  const texts = new Set(written.map(({ account, cluster }) => `${account} ${cluster}`))
  const { length } = written
  return {
    sameMinute: length < 10 ? null : near.length / length,
    perDay: length < 10 ? null : length / days.size,
    repeats: length < 5 ? null : 1 - texts.size / length,
  }
}
