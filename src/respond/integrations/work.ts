import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { assertNever } from '../../base/errors.ts'
import type { Events } from '../../base/events/events.ts'
import type { Request } from '../../base/http/request.ts'
import type { Jobs } from '../../base/jobs/jobs.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { problem, type Problem } from '../../listen/connectors/problems.ts'
import { beginNext, lookUpAt, sayAgain, settleDone, settleEnded, type Exchange } from './exchange.ts'
import { hold, holdMs, holdOn, letGo, type Hold } from './hold.ts'
import { getIntegration, openAccount, pause, sealAccount, type Integration } from './integration.ts'
import { getLink } from './link.ts'
import { poll } from './poll.ts'
import { queueAutomatic } from './queue-automatic.ts'
import { lookUp, say } from './say.ts'
import type { Failure, Session, System, SystemName, Told } from './system.ts'

export type IntegrationWorld = {
  db: Database
  clickhouse: Clickhouse
  secrets: Secrets
  request: Request
  now: () => Date
  log: Logger
  jobs: Jobs
  events: Events
  config: { publicUrl: string }
  systemOf: (name: SystemName) => System<unknown> | null
}

// After so many look-ups without an answer a person has to look.
const mostLookups = 6
const shortestWaitMs = 30_000
const longestWaitMs = 30 * 60_000

/** Says everything that is due, each thing once, and hears what changed over there. */
export async function workIntegrations(world: IntegrationWorld, signal: AbortSignal): Promise<void> {
  await queueAutomatic(world)
  const now = world.now()
  const due = await list(
    world.db,
    sql<{ id: number; projectId: number }>`
      select i.id, i.project_id
      from integration i
      where i.state = 'on' and coalesce(i.wait_until, ${now}) <= ${now} and coalesce(i.held_until, ${now}) <= ${now}
        and (i.poll_due_at <= ${now}
          or exists (
            select from integration_exchange x
            where x.integration_id = i.id and x.state in ('queued', 'sending') and x.due_at <= ${now}))`,
  )
  await Promise.all(due.map(({ id, projectId }) => workOne(world, projectId, id, signal)))
}

async function workOne(world: IntegrationWorld, project: number, id: number, stopping: AbortSignal): Promise<void> {
  const held = await hold(world.db, id, world.now())
  if (held === null) return
  try {
    await speak(world, await getIntegration(world.db, project, id), held, stopping)
  } finally {
    await letGo(world.db, held)
  }
}

async function speak(
  world: IntegrationWorld,
  integration: Integration,
  held: Hold,
  stopping: AbortSignal,
): Promise<void> {
  const { db, now } = world
  const system = world.systemOf(integration.system)
  const account = await openAccount(db, world.secrets, integration.id)
  if (system === null || account === null) return pause(db, integration.id, problem('integration.shut'))
  const io = { request: world.request, now, signal: stopping }
  const session: Session<unknown> = {
    account,
    io,
    keep: async (kept) => {
      session.account = kept
      await sealAccount(db, world.secrets, integration.id, kept)
    },
  }
  // Whatever is still on its way when another process takes over would be there twice.
  const step = () => {
    io.signal = AbortSignal.any([stopping, AbortSignal.timeout(holdMs * 0.8)])
  }
  // First of all: what is opened now is to be heard of from its beginning.
  if (await isPollDue(db, integration.id, now())) {
    step()
    const heard = await attempt(world, 'reads', () => poll(world, integration, system, session))
    // What cannot be heard is asked less often, and what is to be said goes on.
    if (heard.kind === 'refused') await hearLater(db, integration.id, after(now(), 0, longestWaitMs), heard.problem)
    else if (!(await settled(world, integration, heard))) return
  }
  for (;;) {
    if (stopping.aborted || !(await holdOn(db, held, now()))) return
    const exchange = await beginNext(db, held, { now: now(), settleMs: system.settleMs })
    if (exchange === null) return
    step()
    if (!(await carryOut(world, integration, system, session, exchange))) return
  }
}

async function isPollDue(db: Database, id: number, now: Date): Promise<boolean> {
  return (await first(db, sql`select id from integration where id = ${id} and poll_due_at <= ${now}`)) !== null
}

async function hearLater(db: Database, id: number, at: Date, why: Problem): Promise<void> {
  await sql`update integration set poll_due_at = ${at}, problem = ${JSON.stringify(why)}::jsonb where id = ${id}`.execute(
    db,
  )
}

/** False: nothing more is asked now. */
async function carryOut(
  world: IntegrationWorld,
  integration: Integration,
  system: System<unknown>,
  session: Session<unknown>,
  exchange: Exchange,
): Promise<boolean> {
  const { db, now } = world
  const link = await getLink(db, exchange.linkId)
  const told = await attempt<unknown>(world, exchange.does === 'say' ? 'writes' : 'reads', () =>
    exchange.does === 'say'
      ? say(world, integration, system, session, link, exchange)
      : lookUp(world, system, session, link, exchange),
  )
  if (told.kind === 'told') {
    // A look-up that found nothing: it is said anew at once.
    if (told.value === null) await sayAgain(db, exchange, now(), null)
    else await settleDone(db, exchange, now())
  } else if (told.kind === 'unknown' || exchange.does === 'find') {
    if (exchange.lookups >= mostLookups && told.kind !== 'signed-out')
      await settleEnded(db, exchange, { state: 'unsure', problem: told.problem, now: now() })
    else await lookUpAt(db, exchange, after(now(), exchange.lookups, system.settleMs), told.problem)
  } else if (told.kind === 'refused')
    await settleEnded(db, exchange, { state: 'refused', problem: told.problem, now: now() })
  else await sayAgain(db, exchange, told.kind === 'later' ? told.at : now(), told.problem)
  await world.events.publish({ project: integration.projectId, kind: 'ticket', ticket: link.ticketId })
  return settled(world, integration, told)
}

/** What an outcome means for everything else that is to be asked there. False: nothing more is asked now. */
async function settled(world: IntegrationWorld, { id }: Integration, told: Told<unknown>): Promise<boolean> {
  const { db, now } = world
  switch (told.kind) {
    case 'told':
      await sql`update integration set failures = 0, wait_until = null, problem = null where id = ${id} and state = 'on'`.execute(
        db,
      )
      return true
    case 'refused':
      return true
    case 'signed-out':
      await pause(db, id, told.problem)
      return false
    case 'later':
    case 'unknown':
      await sql`
        update integration
        set failures = failures + 1, problem = ${JSON.stringify(told.problem)}::jsonb,
          wait_until = greatest(
            ${told.kind === 'later' ? told.at : now()}::timestamptz,
            ${now()}::timestamptz + least(${longestWaitMs}, ${shortestWaitMs} * power(2, least(failures, 10))) * interval '1 millisecond')
        where id = ${id}`.execute(db)
      return false
    default:
      return assertNever(told)
  }
}

/** A mistake of ours leaves open what was done before it. */
async function attempt<T>(
  world: IntegrationWorld,
  does: 'reads' | 'writes',
  work: () => Promise<Told<T>>,
): Promise<Told<T>> {
  try {
    return await work()
  } catch (error) {
    world.log.error({ error: error instanceof Error ? error.stack : String(error) }, 'an integration threw')
    const what = problem('integration.broke')
    return does === 'writes'
      ? ({ kind: 'unknown', problem: what } satisfies Failure)
      : { kind: 'later', at: after(world.now(), 0, shortestWaitMs), problem: what }
  }
}

function after(now: Date, times: number, firstMs: number): Date {
  return new Date(now.getTime() + Math.min(longestWaitMs, firstMs * 2 ** times))
}
