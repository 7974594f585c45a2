import type { Silence } from './silence.ts'
import type { Source } from './source.ts'

export type SourceHealth = 'new' | 'well' | 'waiting' | 'ill'
export type SourceTrouble = { key: string; values: { [name: string]: string | number }; hint: string }

const dayMs = 24 * 3_600_000

/**
 * How a source is, by its last answer and by how fresh it is: one that answers and says nothing new, or much less than
 * its rhythm explains (collect/silence.ts), is ill too. While its rhythm is not known, silence means eight usual gaps
 * between items, and three days at least.
 */
export function healthOf(source: Source, now: Date): { health: SourceHealth; trouble: SourceTrouble | null } {
  if (source.lastAnswer === null) return { health: 'new', trouble: source.error }
  switch (source.lastAnswer) {
    case 'gone':
    case 'signed-out':
      return { health: 'ill', trouble: source.error }
    case 'rate-limited':
      return { health: 'waiting', trouble: source.error }
    case 'failed':
      return { health: source.failures >= 3 ? 'ill' : 'waiting', trouble: source.error }
    case 'page':
    case 'unchanged': {
      if (source.silence !== null) return { health: 'ill', trouble: quiet(source.silence) }
      const days = silentDays(source, now)
      if (days === null) return { health: 'well', trouble: null }
      return {
        health: 'ill',
        trouble: {
          key: 'source-silent',
          values: { days },
          hint: `Nothing new for ${days} days, far longer than usual`,
        },
      }
    }
  }
}

function quiet({ hours, posts, expected, once }: Silence): SourceTrouble {
  return {
    key: 'source-quiet',
    values: { hours, posts, expected, once },
    hint: `Only ${posts} new in ${hours} h where ${expected} are usual; by chance once in ${once}`,
  }
}

function silentDays(source: Source, now: Date): number | null {
  if (source.lastItemAt === null || source.usualGapMs === null) return null
  const silentMs = now.getTime() - source.lastItemAt.getTime()
  return silentMs > Math.max(3 * dayMs, 8 * source.usualGapMs) ? Math.floor(silentMs / dayMs) : null
}
