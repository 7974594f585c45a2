import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Spelling } from '../../base/text/stored-words.ts'

/**
 * Keeps the different words of mentions, so that a wildcard can be looked up among them. Each process writes a word once;
 * one that is written by several is joined by the engine.
 */
export async function saveSpellings(clickhouse: Clickhouse, mentions: { spelled: Spelling[] }[]): Promise<void> {
  const fresh = new Set<Spelling>()
  for (const { spelled } of mentions) {
    for (const spelling of spelled) if (spelling.keptBy !== clickhouse) fresh.add(spelling)
  }
  if (fresh.size === 0) return
  await clickhouse.insertPage(
    'word',
    Array.from(fresh, ({ folded, key }) => ({ word: folded, ...key })),
  )
  for (const spelling of fresh) spelling.keptBy = clickhouse
}
