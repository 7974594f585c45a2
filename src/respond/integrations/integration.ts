import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import type { ConnectorIo } from '../../listen/connectors/connector.ts'
import { problem, tell, type Problem } from '../../listen/connectors/problems.ts'
import type { TicketStatus } from '../tickets/status.ts'
import type { Choices, Failure, Greeting, Session, System, SystemName } from './system.ts'

/** What a person chose in set-up; ids are the other side's unless said. */
export type Setup = {
  /** Null: the first place there is. */
  place: string | null
  /** Null: where the system puts what is new. */
  stage: string | null
  /** Who gets what is opened, where no line of `owners` says it. */
  owner: string | null
  /** Their owner by our member. */
  owners: { [member: string]: string }
  /** What the ticket becomes when its record comes to this stage. */
  statuses: { [stage: string]: TicketStatus }
  /** Topics whose tickets are handed over as they are opened. */
  topics: number[]
  /** Whether a reply that was sent is noted there. */
  replies: boolean
  /** Whether solving or closing a ticket here closes its record there. */
  closes: boolean
}

export type Integration = {
  id: number
  projectId: number
  system: SystemName
  name: string
  state: 'on' | 'paused'
  problem: Problem | null
  may: Greeting['may']
  choices: Choices
  choicesAt: Date
  setup: Setup
  connectedAt: Date
  connectedBy: string | null
  polledAt: Date | null
  waitUntil: Date | null
}

const plain: Setup = {
  place: null,
  stage: null,
  owner: null,
  owners: {},
  statuses: {},
  topics: [],
  replies: true,
  closes: false,
}

/**
 * Connects an account after the system has said who it is and what there is to choose from. Throws UserError with what the
 * system says when it refuses, and when the account may not write.
 */
export async function connectIntegration(
  db: Database,
  secrets: Secrets,
  project: number,
  input: { system: System<unknown>; settings: unknown; by: string | null },
  io: ConnectorIo,
): Promise<Integration> {
  const { system } = input
  const met = await meet(system, system.parseAccount(input.settings), io)
  return inTransaction(db, async (tx) => {
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into integration (project_id, system, name, sealed, may, choices, choices_at, setup, connected_by, seen_event, poll_due_at)
          values (${project}, ${system.name}, ${met.greeting.name}, '', ${JSON.stringify(met.greeting.may)}::jsonb,
            ${JSON.stringify(met.choices)}::jsonb, ${io.now()}, ${JSON.stringify(plain)}::jsonb, ${input.by},
            (select coalesce(max(id), 0) from ticket_event where project_id = ${project}), ${io.now()})
          returning id`,
      ),
    )
    await sealAccount(tx, secrets, id, met.account)
    return getIntegration(tx, project, id)
  })
}

/** Takes new credentials for an integration that is there and goes on with what waits. Throws UserError as connecting does. */
export async function signInAnew(
  db: Database,
  secrets: Secrets,
  integration: Integration,
  input: { system: System<unknown>; settings: unknown },
  io: ConnectorIo,
): Promise<void> {
  const met = await meet(input.system, input.system.parseAccount(input.settings), io)
  await inTransaction(db, async (tx) => {
    await sealAccount(tx, secrets, integration.id, met.account)
    await goOn(tx, integration.id, met, io.now())
  })
}

/** What the system says now of an account that it knows; throws UserError with its words where it refuses. */
export async function meetAgain(
  db: Database,
  secrets: Secrets,
  integration: Integration,
  system: System<unknown>,
  io: ConnectorIo,
): Promise<void> {
  const account = await openAccount(db, secrets, integration.id)
  if (account === null) throw failed({ kind: 'refused', problem: problem('integration.shut') })
  const keep = (kept: unknown) => sealAccount(db, secrets, integration.id, kept)
  await goOn(db, integration.id, await meet(system, account, io, keep), io.now())
}

export async function listIntegrations(db: Database, project: number): Promise<Integration[]> {
  return list(db, sql<Integration>`${whole} where project_id = ${project} order by id`)
}

/** Throws NotFound when this project has no such integration. */
export async function getIntegration(db: Database, project: number, id: number): Promise<Integration> {
  const found = await first(db, sql<Integration>`${whole} where project_id = ${project} and id = ${id}`)
  if (!found) throw new NotFound()
  return found
}

/** Throws UserError where something was chosen that the system did not list. */
export async function setUp(db: Database, integration: Integration, setup: Setup): Promise<void> {
  const { places, owners } = integration.choices
  const place = places.find(({ id }) => id === setup.place) ?? null
  const known = (list: { id: string }[], id: string | null) => id === null || list.some((one) => one.id === id)
  const stages = (place ?? places[0])?.stages ?? []
  const all = places.flatMap((one) => one.stages)
  if (
    !known(places, setup.place) ||
    !known(stages, setup.stage) ||
    !known(owners, setup.owner) ||
    !Object.values(setup.owners).every((id) => known(owners, id)) ||
    !Object.keys(setup.statuses).every((id) => known(all, id))
  )
    throw new UserError('Choose among what the system lists', { key: 'integration-choice' })
  await sql`update integration set setup = ${JSON.stringify(setup)}::jsonb where id = ${integration.id}`.execute(db)
}

/** Nothing is asked there until somebody goes on; what is to be said waits. */
export async function pause(db: Database, id: number, why: Problem | null): Promise<void> {
  await sql`
    update integration set state = 'paused', problem = ${why === null ? null : JSON.stringify(why)}::jsonb
    where id = ${id}`.execute(db)
}

/** What stands over there stays there; links and log go. */
export async function removeIntegration(db: Database, project: number, id: number): Promise<void> {
  await sql`delete from integration where project_id = ${project} and id = ${id}`.execute(db)
}

/** Null when it was sealed with another key. */
export async function openAccount(db: Database, secrets: Secrets, id: number): Promise<unknown> {
  const row = await first(db, sql<{ sealed: string }>`select sealed from integration where id = ${id}`)
  const opened = row && secrets.open(owner(id), row.sealed)
  return opened?.kind === 'opened' ? (JSON.parse(opened.text) as unknown) : null
}

export async function sealAccount(db: Database, secrets: Secrets, id: number, account: unknown): Promise<void> {
  await sql`update integration set sealed = ${secrets.seal(owner(id), JSON.stringify(account))} where id = ${id}`.execute(
    db,
  )
}

type Met = { account: unknown; greeting: Greeting; choices: Choices }

async function meet(
  system: System<unknown>,
  account: unknown,
  io: ConnectorIo,
  keep: (account: unknown) => Promise<void> = async () => {},
): Promise<Met> {
  const session: Session<unknown> = {
    account,
    io,
    keep: async (kept) => {
      session.account = kept
      await keep(kept)
    },
  }
  const greeting = await system.greet(session)
  if (greeting.kind !== 'told') throw failed(greeting)
  if (greeting.value.may.read === false || greeting.value.may.write === false)
    throw failed({ kind: 'refused', problem: problem('integration.rights', { name: greeting.value.name }) })
  const choices = await system.choices(session)
  if (choices.kind !== 'told') throw failed(choices)
  return { account: session.account, greeting: greeting.value, choices: choices.value }
}

async function goOn(db: Database, id: number, { greeting, choices }: Met, now: Date): Promise<void> {
  await sql`
    update integration
    set state = 'on', problem = null, wait_until = null, failures = 0, name = ${greeting.name}, poll_due_at = ${now},
      may = ${JSON.stringify(greeting.may)}::jsonb, choices = ${JSON.stringify(choices)}::jsonb, choices_at = ${now}
    where id = ${id}`.execute(db)
}

function failed({ problem: what }: Failure): UserError {
  return new UserError(tell(what, 'en'), { key: what.key, values: what.values })
}

const whole = sql`
  select id, project_id, system, name, state, problem, may, choices, choices_at, setup, connected_at, connected_by,
    polled_at, wait_until
  from integration`

function owner(id: number): string {
  return `integration:${id}`
}
