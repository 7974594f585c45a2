import type { Clickhouse } from '../src/base/clickhouse/clickhouse.ts'
import { resolveFilter } from '../src/listen/mentions/filter.ts'
import { searchMentions } from '../src/listen/mentions/search.ts'
import { quantile, type Row } from './table.ts'

/**
 * The first 50 mentions of each query with the exact number of all, one query after the other. The figure is the time on
 * the clock; the processor's own time, of all cores together, stands beside it, because other programs do not slow it.
 */
export async function timeSearches(
  clickhouse: Clickhouse,
  project: number,
  what: string,
  queries: string[],
  wantedMs: number,
): Promise<Row> {
  const walls: number[] = []
  const processor: number[] = []
  const totals: number[] = []
  for (const q of queries) {
    const begun = performance.now()
    const used = process.cpuUsage()
    const condition = await resolveFilter(clickhouse, project, { q })
    const { total } = await searchMentions(clickhouse, condition, { order: 'newest', limit: 50, cursor: null })
    walls.push(performance.now() - begun)
    const { user, system } = process.cpuUsage(used)
    processor.push((user + system) / 1000)
    totals.push(total)
  }
  const p95 = quantile(walls, 0.95)
  const [p50, own50, own95] = [quantile(walls, 0.5), quantile(processor, 0.5), quantile(processor, 0.95)].map(
    Math.round,
  )
  const found = [0.05, 0.5, 0.95].map((share) => quantile(totals, share).toLocaleString('en')).join(' / ')
  return {
    what: `${what}, p95 of ${queries.length} (p50 ${p50} ms; processor ${own50} and ${own95} ms; found at p5 / p50 / p95: ${found})`,
    wanted: `≤ ${wantedMs}`,
    measured: p95,
    unit: 'ms',
    ok: p95 <= wantedMs,
  }
}
