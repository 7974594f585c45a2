import { healthOf, type SourceHealth, type SourceTrouble } from '../../listen/collect/health.ts'
import type { Source } from '../../listen/collect/source.ts'
import type { Period, Words } from './measure.ts'

export const coverageWords: Words = {
  en: 'Coverage: sources that are ill, switched off or gone, with the part of the period since their last post. A silence that has ended is not counted: what was said meanwhile has mostly been read since.',
  ru: 'Полнота: источники, которые не читаются, выключены или исчезли, и какая часть периода прошла с их последней записи. Закончившееся молчание не учитывается: сказанное за это время чаще всего уже прочитано.',
}

export type Silent = {
  id: number
  name: string
  platform: string
  why: Exclude<SourceHealth, 'well'> | 'paused' | 'gone'
  trouble: SourceTrouble | null
  /** The last post that came; null when none ever did. */
  since: Date | null
  /** Of the period, from 0 to 1. */
  share: number
}

export type Coverage = { sources: number; silent: Silent[] }

/** Which of these sources said nothing in the end of the period, or in all of it, the longest silence first. */
export function findSilent(sources: Source[], period: Period, now: Date): Coverage {
  const silent = sources.flatMap((source) => {
    const { health, trouble } = healthOf(source, now)
    const why = source.state === 'active' ? health : source.state
    if (why === 'well') return []
    const from = Math.max(period.from.getTime(), source.lastItemAt?.getTime() ?? 0)
    const end = Math.min(period.to.getTime(), now.getTime())
    const share = Math.max(0, end - from) / Math.max(1, end - period.from.getTime())
    const { id, name, platform, lastItemAt: since } = source
    return share === 0 ? [] : [{ id, name, platform, why, trouble, since, share: Math.min(1, share) }]
  })
  return { sources: sources.length, silent: silent.toSorted((a, b) => b.share - a.share || a.id - b.id) }
}
