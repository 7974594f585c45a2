import { sql } from 'kysely'
import { first, list } from '../../base/postgres/postgres.ts'
import type { Connector } from '../connectors/connector.ts'
import { findChanged } from '../mentions/edits.ts'
import { listDueForRefresh, saveEngagement, type Due } from '../mentions/engagement.ts'
import { threw, withoutSecrets } from './answers.ts'
import { bring } from './bring.ts'
import { withLease } from './lease.ts'
import { openSecrets, type Source } from './source.ts'
import { sourceIo } from './source-io.ts'
import type { CollectWorld } from './world.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How old a mention is when its counts are looked up again: most of what happens to a post happens in its first hours. */
export const refreshAges = [
  ...[5, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 4, 8, 16].map((hours) => hours * hourMs),
  ...[1, 2, 4, 7, 14, 30].map((days) => days * dayMs),
] as const

// After a longer pause the missed looks are left out: the next age of each mention is near.
const longestPauseMs = dayMs

/**
 * Looks up mentions that came to one of these ages since the last time, on platforms that can be asked: new counts go
 * into the series and the mention, another text is read anew, and what is gone is removed. One process does it at a time.
 */
export async function refreshEngagement(world: CollectWorld, signal: AbortSignal): Promise<void> {
  await withLease(world.db, 'engagement', async (lost) => {
    const stop = AbortSignal.any([signal, lost])
    const platforms = await list(
      world.db,
      sql<{ platform: string }>`select distinct platform from source where state <> 'gone'`,
    )
    for (const { platform } of platforms) {
      const connector = world.connectorOf(platform)
      if (connector?.lookUp && !stop.aborted) await refreshPlatform(world, connector, stop)
    }
  })
}

async function refreshPlatform(world: CollectWorld, connector: Connector<unknown>, signal: AbortSignal): Promise<void> {
  const { platform } = connector
  const until = world.now()
  const known = await first(world.db, sql<{ until: Date }>`select until from refreshed where platform = ${platform}`)
  const after = new Date(Math.max(known?.until.getTime() ?? until.getTime(), until.getTime() - longestPauseMs))
  const sources = await list(
    world.db,
    sql<Source>`select * from source where platform = ${platform} and state <> 'gone'`,
  )
  const due = await listDueForRefresh(
    world.clickhouse,
    sources.map(({ id }) => id),
    { after, until, ages: refreshAges },
  )
  for (const [id, mentions] of Map.groupBy(due, (one) => one.source)) {
    const source = sources.find((one) => one.id === id)
    if (source && !signal.aborted) await refreshSource(world, connector, source, mentions, signal)
  }
  if (signal.aborted) return
  await sql`
    insert into refreshed (platform, until) values (${platform}, ${until})
    on conflict (platform) do update set until = excluded.until`.execute(world.db)
}

/** Whoever refuses is asked again when the mentions come to their next age. */
async function refreshSource(
  world: CollectWorld,
  connector: Connector<unknown>,
  source: Source,
  due: Due[],
  signal: AbortSignal,
): Promise<void> {
  const secrets = openSecrets(world.secrets, source)
  const io = sourceIo(world, connector, secrets, source.projectId, signal)
  const atOnce = connector.capabilities.looksUp ?? 1
  for (let from = 0; from < due.length && !signal.aborted; from += atOnce) {
    const ids = due.slice(from, from + atOnce).map(({ id }) => id)
    try {
      const toRead = { id: source.id, config: connector.parseConfig(source.config), secrets, cursor: null }
      const looked = await connector.lookUp!(ids, toRead, io)
      if (looked.kind !== 'found') {
        const { kind, ...why } = withoutSecrets(looked, secrets)
        world.log.info(
          { source: source.id, kind, ...('hint' in why && { hint: why.hint }) },
          'counts were not refreshed',
        )
        return
      }
      await saveEngagement(world.clickhouse, looked.posts, world.now())
      const edited = await findChanged(world.clickhouse, looked.posts)
      await bring(world, source, { items: looked.posts, removed: looked.missing, edited })
    } catch (error) {
      threw(world, source, error)
      return
    }
  }
}
