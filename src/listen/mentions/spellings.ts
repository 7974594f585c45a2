import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { RowEncoder } from '../../base/clickhouse/row-binary.ts'
import type { SpelledRow } from './page.ts'

/**
 * Keeps the different words of mentions, so that a wildcard can be looked up among them. One that is written twice is joined
 * by the engine.
 */
export async function saveSpellings(clickhouse: Clickhouse, spelled: SpelledRow[]): Promise<void> {
  const encoder = new RowEncoder(types)
  for (const row of spelled) encoder.add(row)
  await clickhouse.insertRows('word', types, encoder.take())
}

const types = { word: 'String', term: 'FixedString(8)', place: 'UInt32' } as const
