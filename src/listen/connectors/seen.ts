import { createHash } from 'node:crypto'

/** What is remembered of an entry: a mark of which it is and a mark of what it said. */
export type Marks = { entry: string; content: string }

const most = 2000
const entryLength = 8
const markLength = entryLength + 4

/** Marks long enough that among two thousand entries a mix-up is less likely than one in a hundred million. */
export function marksOf(entry: string, content: string): Marks {
  return { entry: digest(entry).slice(0, entryLength), content: digest(content).slice(0, markLength - entryLength) }
}

/** Reads what the cursor kept; anything unreadable counts as nothing seen, so entries come twice rather than never. */
export function readSeen(kept: unknown): Map<string, string> {
  const seen = new Map<string, string>()
  if (typeof kept !== 'string' || kept.length % markLength !== 0) return seen
  for (let at = 0; at < kept.length; at += markLength)
    seen.set(kept.slice(at, at + entryLength), kept.slice(at + entryLength, at + markLength))
  return seen
}

/**
 * Writes the entries of this reading first and then as many older ones as fit: an entry that vanished and comes back
 * is still known, and the cursor never grows beyond some 24 kB plus the feed itself.
 */
export function writeSeen(now: Map<string, string>, before: Map<string, string>): string {
  const older = [...before].filter(([entry]) => !now.has(entry)).slice(0, Math.max(0, most - now.size))
  return [...now, ...older].map(([entry, content]) => entry + content).join('')
}

/** What was taken away is new when it comes back. */
export function forgetSeen(kept: string, entries: readonly string[]): string {
  const seen = readSeen(kept)
  for (const entry of entries) seen.delete(marksOf(entry, '').entry)
  return writeSeen(seen, new Map())
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
