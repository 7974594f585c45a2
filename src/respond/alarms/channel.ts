import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { followProject, holdHappenings, newestHappening, type HappeningKind } from '../happenings/happening.ts'
import { readReach, type Reach, type Service } from './service.ts'

/** Who is told what of a project, and when not. */
export type AlarmChannel = {
  id: number
  projectId: number
  name: string
  service: Service
  kinds: HappeningKind[]
  locale: 'en' | 'ru'
  quietFrom: number | null
  quietTo: number | null
  isOn: boolean
  madeAt: Date
}
export type ChannelInput = Pick<AlarmChannel, 'name' | 'kinds' | 'locale' | 'quietFrom' | 'quietTo'>

type World = { db: Database; secrets: Secrets }
const mostChannels = 50

/** Is told from now on what happens. `typed` is what its service asks for, by name. Throws UserError. */
export async function addChannel(
  { db, secrets }: World,
  project: number,
  { service, typed, ...input }: ChannelInput & { service: Service; typed: { [name: string]: string } },
  by: string,
): Promise<AlarmChannel> {
  const reach = readReach(service, typed)
  refuseHalfQuiet(input)
  return inTransaction(db, async (tx) => {
    if ((await listChannels(tx, project)).length >= mostChannels)
      throw new UserError('The project has channels enough', { key: 'alarms-enough', values: { most: mostChannels } })
    await holdHappenings(tx, project)
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into alarm_channel (project_id, name, service, sealed, kinds, locale, quiet_from, quiet_to, made_by, after_id)
          values (${project}, ${input.name}, ${service}, '', ${input.kinds}::text[], ${input.locale}, ${input.quietFrom},
            ${input.quietTo}, ${by}, ${await newestHappening(tx, project)})
          returning id`,
      ),
    )
    await sql`
      update alarm_channel set sealed = ${secrets.seal(ownerOf(id), JSON.stringify(reach))} where id = ${id}`.execute(
      tx,
    )
    await followProject(tx, project, null)
    return getChannel(tx, project, id)
  })
}

/** Where it goes stays; for another place there is another channel. Throws NotFound and UserError. */
export async function changeChannel(
  db: Database,
  project: number,
  id: number,
  change: Partial<ChannelInput & { isOn: boolean }>,
): Promise<AlarmChannel> {
  return inTransaction(db, async (tx) => {
    const was = await getChannel(tx, project, id)
    const { name, kinds, locale, quietFrom, quietTo, isOn } = { ...was, ...change }
    refuseHalfQuiet({ quietFrom, quietTo })
    await holdHappenings(tx, project)
    // Whoever was off is not told everything that happened meanwhile.
    const afterId = isOn && !was.isOn ? await newestHappening(tx, project) : null
    await sql`
      update alarm_channel
      set name = ${name}, kinds = ${kinds}::text[], locale = ${locale}, quiet_from = ${quietFrom}, quiet_to = ${quietTo},
        is_on = ${isOn}, after_id = coalesce(${afterId}::bigint, after_id)
      where id = ${id}`.execute(tx)
    return getChannel(tx, project, id)
  })
}

export async function removeChannel(db: Database, project: number, id: number): Promise<void> {
  await getChannel(db, project, id)
  await sql`delete from alarm_channel where id = ${id}`.execute(db)
}

export async function listChannels(db: Database, project: number): Promise<AlarmChannel[]> {
  return list(db, sql<AlarmChannel>`${whole} where project_id = ${project} order by id`)
}

export async function getChannel(db: Database, project: number, id: number): Promise<AlarmChannel> {
  const channel = await first(db, sql<AlarmChannel>`${whole} where project_id = ${project} and id = ${id}`)
  if (!channel) throw new NotFound()
  return channel
}

/** Null: sealed with another key. */
export async function reachOf({ db, secrets }: World, id: number): Promise<Reach | null> {
  const row = await first(db, sql<{ sealed: string }>`select sealed from alarm_channel where id = ${id}`)
  const opened = row && secrets.open(ownerOf(id), row.sealed)
  return opened?.kind === 'opened' ? (JSON.parse(opened.text) as Reach) : null
}

function ownerOf(id: number): string {
  return `alarm:${id}`
}

function refuseHalfQuiet({ quietFrom, quietTo }: Pick<AlarmChannel, 'quietFrom' | 'quietTo'>): void {
  if ((quietFrom === null) !== (quietTo === null))
    throw new UserError('Quiet hours have a beginning and an end', { key: 'alarm-quiet', field: 'quietFrom' })
}

const whole = sql`
  select id, project_id, name, service, kinds, locale, quiet_from, quiet_to, is_on, made_at
  from alarm_channel`
