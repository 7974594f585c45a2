import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import type { Connector, Cursor, Fetched, SourceSecrets } from '../connectors/connector.ts'
import { listRemovedSince } from '../mentions/removal.ts'
import type { SourceTrouble } from './health.ts'
import type { Latency } from './latency.ts'
import { credentialOf } from './quota.ts'
import type { Silence } from './silence.ts'

/** A feed, channel, group, forum or site that is read again and again. */
export type Source = {
  id: number
  /** Null: shared by all projects. */
  projectId: number | null
  platform: string
  name: string
  url: string | null
  config: { [setting: string]: unknown }
  /** Its secrets, sealed; null when it has none. */
  sealed: string | null
  state: SourceState
  addedAt: Date
  nextCheckAt: Date
  lastCheckedAt: Date | null
  lastAnswer: Exclude<Fetched['kind'], 'moved'> | null
  lastItemAt: Date | null
  usualGapMs: number | null
  rhythmMs: number
  failures: number
  error: SourceTrouble | null
  catchingUp: boolean
  silence: Silence | null
  measuredAt: Date | null
  latency: Latency | null
}
export type SourceState = 'active' | 'paused' | 'gone'

/** Throws UserError when the connector refuses the settings or the source is already there. */
export async function addSource(
  { db, secrets }: { db: Database; secrets: Secrets },
  project: number | null,
  connector: Connector<unknown>,
  input: { settings: { [setting: string]: unknown }; secrets?: SourceSecrets; name: string | null },
): Promise<Source> {
  const config = connector.parseConfig(input.settings) as Source['config']
  const url = typeof config['url'] === 'string' ? config['url'] : null
  const added = await first(
    db,
    sql<Source>`
      insert into source (project_id, platform, name, url, config)
      values (${project}, ${connector.platform}, ${input.name ?? url ?? connector.platform}, ${url}, ${JSON.stringify(config)}::jsonb)
      on conflict do nothing
      returning *`,
  )
  if (!added) throw new UserError('This source is already there', { key: 'source-already-there', field: 'url' })
  return Object.keys(input.secrets ?? {}).length === 0
    ? added
    : keepSecrets({ db, secrets }, added, input.secrets ?? {})
}

/** Replaces the secrets of these names and keeps the others; the source is asked at once, for it may work now. */
export async function keepSecrets(
  { db, secrets }: { db: Database; secrets: Secrets },
  source: Source,
  given: SourceSecrets,
): Promise<Source> {
  // What was noted of the old ones says nothing of the new.
  const all = { ...givenSecrets(openSecrets(secrets, source)), ...given }
  const sealed = secrets.seal(ownerOf(source), JSON.stringify(all))
  return must(
    await first(
      db,
      sql<Source>`update source set sealed = ${sealed}, failures = 0, next_check_at = date_trunc('milliseconds', now()) where id = ${source.id} returning *`,
    ),
    'source',
  )
}

/** What the connector is given to enter with; nothing where they were sealed under another key. */
export function openSecrets(secrets: Secrets, source: Pick<Source, 'id' | 'sealed'>): SourceSecrets {
  if (source.sealed === null) return {}
  const opened = secrets.open(ownerOf(source), source.sealed)
  return opened.kind === 'opened' ? (JSON.parse(opened.text) as SourceSecrets) : {}
}

/** The secrets without what was noted of them: when they are exchanged, and whose quotas they count for. */
export function givenSecrets({ renewal: _, credential: __, ...given }: SourceSecrets): SourceSecrets {
  return given
}

/** Exchanged secrets, sealed with the mark of those that were given: for quotas and budgets they are the same still. */
export function sealRenewed(secrets: Secrets, source: Source, renewed: SourceSecrets): string {
  const before = openSecrets(secrets, source)
  const all = { ...before, ...renewed, credential: credentialOf(before) }
  return secrets.seal(ownerOf(source), JSON.stringify(all))
}

function ownerOf({ id }: Pick<Source, 'id'>): string {
  return `source:${id}`
}

/** The project's own sources and the shared ones. */
export async function listSources(db: Database, project: number): Promise<Source[]> {
  return list(
    db,
    sql<Source>`select * from source where project_id = ${project} or project_id is null order by lower(name), id`,
  )
}

/** A source this project may change. Throws NotFound for those of others and for shared ones. */
export async function getSource(db: Database, project: number, id: number): Promise<Source> {
  const source = await first(db, sql<Source>`select * from source where id = ${id} and project_id = ${project}`)
  if (!source) throw new NotFound()
  return source
}

/** A source that goes on again is asked at once. */
export async function changeSource(
  db: Database,
  id: number,
  change: { name?: string | undefined; state?: SourceState | undefined },
  now: Date,
): Promise<Source> {
  return must(
    await first(
      db,
      sql<Source>`
        update source
        set name = coalesce(${change.name ?? null}, name),
          state = coalesce(${change.state ?? null}, state),
          failures = case when ${change.state ?? null}::text = 'active' then 0 else failures end,
          next_check_at = case when ${change.state ?? null}::text = 'active' and state <> 'active' then ${now}::timestamptz else next_check_at end
        where id = ${id}
        returning *`,
    ),
    'source',
  )
}

export async function askToCheckNow(db: Database, id: number, now: Date): Promise<Source> {
  return must(
    await first(db, sql<Source>`update source set next_check_at = ${now} where id = ${id} returning *`),
    'source',
  )
}

/** What it brought stays. */
export async function removeSource(db: Database, id: number): Promise<void> {
  await sql`delete from source where id = ${id}`.execute(db)
}

export type Turn = {
  /** Those that catch up with their past wait in a lane of their own, so that old posts never hold up new ones. */
  lane: 'live' | 'past'
  running: readonly number[]
  listening: readonly number[]
  limit: number
}

/**
 * Those whose time has come, the longest waiting first and one of each host, because a host is asked one thing at a time.
 * `running` are left out with their hosts, `listening` by themselves.
 */
export async function listDueSources(
  db: Database,
  now: Date,
  { lane, running, listening, limit }: Turn,
): Promise<Source[]> {
  return list(
    db,
    sql<Source>`
      with due as (
        select *
        from source
        where state = 'active' and (next_check_at <= ${now} or last_checked_at > ${wrongClock(now)}) and catching_up = ${lane === 'past'} and id <> all(${[...running, ...listening]}::int[])
        order by next_check_at
        limit 500
      ),
      first_of_host as (
        select distinct on (${hostOf}) *
        from due
        where ${hostOf} not in (select ${hostOf} from source where id = any(${running}::int[]))
        order by ${hostOf}, next_check_at
      )
      select * from first_of_host order by next_check_at limit ${limit}`,
  )
}

/** What was checked later than this was checked by a clock that was ahead, and would rest until that moment comes. */
const wrongClock = (now: Date) => new Date(now.getTime() + 3_600_000)

// Sources without an address are asked at the one of their platform.
const hostOf = sql`coalesce(substring(lower(url) from '^[a-z]+://(?:[^/?#@]*@)?([^/?#]+)'), platform)`

export async function findSource(db: Database, id: number): Promise<Source | null> {
  return first(db, sql<Source>`select * from source where id = ${id}`)
}

export async function findCursor(db: Database, source: number): Promise<Cursor | null> {
  const row = await first(db, sql<{ state: Cursor }>`select state from cursor where source_id = ${source}`)
  return row?.state ?? null
}

/** Ids of posts of this source's project and platform that left since its cursor was saved. */
export async function listLeft(db: Database, { id, projectId, platform }: Source): Promise<string[]> {
  const row = await first(db, sql<{ savedAt: Date }>`select saved_at from cursor where source_id = ${id}`)
  return row === null ? [] : listRemovedSince(db, { project: projectId, platform, since: row.savedAt })
}

/** Called after the items before it are saved, never earlier. */
export async function saveCursor(db: Database, source: number, cursor: Cursor): Promise<void> {
  await sql`
    insert into cursor (source_id, state)
    values (${source}, ${JSON.stringify(cursor)}::jsonb)
    on conflict (source_id) do update set state = excluded.state, saved_at = now()`.execute(db)
}

/** The platform says the source lives elsewhere for good; false when that address is a source already. */
export async function moveSource(db: Database, source: Source, to: string): Promise<boolean> {
  const moved = await first(
    db,
    sql`
      update source
      set url = ${to}, config = config || ${JSON.stringify({ url: to })}::jsonb, name = case when name = url then ${to} else name end
      where id = ${source.id} and not exists (
        select 1 from source other
        where other.url = ${to} and other.platform = ${source.platform} and other.project_id is not distinct from ${source.projectId}::int
      )
      returning id`,
  )
  return moved !== null
}

export type CheckResult = Pick<
  Source,
  | 'state'
  | 'lastAnswer'
  | 'lastItemAt'
  | 'usualGapMs'
  | 'rhythmMs'
  | 'failures'
  | 'error'
  | 'nextCheckAt'
  | 'catchingUp'
  | 'latency'
> & { title: string | null }

/** Keeps how a check ended. A person may have paused the source meanwhile; that stays. */
export async function saveCheck(db: Database, source: Source, result: CheckResult, now: Date): Promise<void> {
  await sql`
    update source
    set state = case when state = 'active' then ${result.state} else state end,
      name = case when name = url then coalesce(${result.title}, name) else name end,
      last_answer = ${result.lastAnswer}, last_checked_at = ${now}, last_item_at = ${result.lastItemAt},
      usual_gap_ms = ${result.usualGapMs}, rhythm_ms = ${result.rhythmMs}, failures = ${result.failures},
      error = ${result.error === null ? null : JSON.stringify(result.error)}::jsonb, next_check_at = ${result.nextCheckAt},
      catching_up = ${result.catchingUp},
      latency = ${result.latency === null ? null : JSON.stringify(result.latency)}::jsonb
    where id = ${source.id}`.execute(db)
}
