/** Two texts, as far as the rows of three words tell that were kept of them. */
export type Comparison = {
  /** Rows that both have, and those of them near the beginning of the longer text. */
  shared: number
  sharedInHead: number
  /** Where in my text the first shared row begins, from 0 to 1. */
  sharedFrom: number
  /** Rows of each. */
  mine: number
  its: number
  /** The numbers in the shorter text and in the longer, a bit each. */
  shortNumbers: number
  longNumbers: number
  minutesApart: number
}

/**
 * How certainly one text was made from the other by copying, cutting, extending or swapping words; 0: it was not. The
 * limits were set on train/labels/copies.telegram-ru.tsv and train/copy-reference.ts (docs/measured/clusters.md).
 */
export function alike(texts: Comparison): number {
  const { shared, mine, its } = texts
  const fewer = Math.min(mine, its)
  if (shared < Math.min(leastRows, fewer)) return 0
  // The same sentence with another number is another event: “the dollar is above 108 roubles”.
  if (bits(texts.shortNumbers & ~texts.longNumbers) > bits(texts.shortNumbers) / 4) return 0
  const ofShort = shared / fewer
  const ofLong = shared / Math.max(mine, its)
  return isCopy(texts, ofShort, ofLong) ? ofShort + ofLong : 0
}

function isCopy(texts: Comparison, ofShort: number, ofLong: number): boolean {
  // Days later the same words are rather the same form, filled in anew.
  if (texts.minutesApart > formMinutes) return ofShort >= 0.75 && ofLong >= 0.55
  // A copy keeps the beginning; what many posts of one channel share is its signature.
  if (texts.sharedFrom > 0.3) return ofShort >= 0.75 && ofLong >= 0.33
  // A line in the middle of a digest quotes it; at its beginning the rest was cut off.
  return (ofShort >= 0.5 && ofLong >= 0.33) || texts.sharedInHead / Math.min(texts.mine, texts.its) >= 0.65
}

const leastRows = 3
const formMinutes = 2 * 24 * 60

function bits(flags: number): number {
  let count = 0
  for (let rest = flags; rest !== 0; rest &= rest - 1) count++
  return count
}
