import { rival, target } from './cues.ts'
import type { Reading } from './reader.ts'

/** The unit that names a competitor, when a request is about it and not about the brand; else null. */
export function rivalAskedAbout({ held, units, names }: Reading): number | null {
  if (names === null) return null
  const asked = held.find(({ pattern, from }) => pattern.outcome === 'product-request' && from >= 0)
  const from = asked?.from ?? 0
  const nearestRival = nearest(names, units.count, from, rival)
  const nearestTarget = nearest(names, units.count, from, target)
  if (nearestRival === null) return null
  if (nearestTarget === null) return nearestRival
  return Math.abs(nearestRival - from) < Math.abs(nearestTarget - from) ? nearestRival : null
}

function nearest(names: Uint8Array, count: number, from: number, who: number): number | null {
  let found: number | null = null
  for (let unit = 0; unit < count; unit++)
    if (names[unit] === who && (found === null || Math.abs(unit - from) < Math.abs(found - from))) found = unit
  return found
}
