/**
 * Which texts to ask a person about, the first first: each time the one with the most doubt times its distance to those
 * chosen already (1 − the share of words that it has in common with the nearest), so that ten ways of asking the same thing
 * cost one question. Texts without doubt are left out. After “uncertainty with diversity” (Settles, Active Learning Literature
 * Survey, 2009, 3.1 and 3.5).
 */
export function chooseMostTeaching(
  candidates: readonly { words: ReadonlySet<string>; doubt: number }[],
  limit: number,
): number[] {
  const distance = candidates.map(() => 1)
  const chosen: number[] = []
  while (chosen.length < limit) {
    let best = -1
    let most = 0
    for (const [i, { doubt }] of candidates.entries()) {
      const value = doubt * distance[i]!
      if (value <= most) continue
      best = i
      most = value
    }
    if (best < 0) break
    chosen.push(best)
    const { words } = candidates[best]!
    for (const [i, other] of candidates.entries())
      if (distance[i]! > 0) distance[i] = Math.min(distance[i]!, 1 - inCommon(words, other.words))
    distance[best] = 0
  }
  return chosen
}

/** Words of both ÷ words of either. */
function inCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const word of a) if (b.has(word)) both++
  return both === 0 ? 0 : both / (a.size + b.size - both)
}
