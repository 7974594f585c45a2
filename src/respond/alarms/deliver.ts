import { sql } from 'kysely'
import { assertNever } from '../../base/errors.ts'
import type { Request } from '../../base/http/request.ts'
import { sendLetter } from '../../base/letters/letter.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { describe, type Described, type DescribeWorld } from '../happenings/describe.ts'
import { isAlarm, type Happening } from '../happenings/happening.ts'
import { mayPlay } from '../playbooks/playbook.ts'
import { reachOf } from './channel.ts'
import { tellBy, type Reach, type Told } from './service.ts'
import { wordAlarm } from './words.ts'

export type AlarmWorld = DescribeWorld & { secrets: Secrets; request: Request; now: () => Date }

type Taken = {
  id: number
  channelId: number
  projectId: number
  locale: 'en' | 'ru'
  happenings: number[]
  takenUntil: Date
  tries: number
}

const minute = 60_000
const leaseMs = 2 * minute
const waitsMs = [1, 2, 5, 15, 30, 60, 120, 240].map((minutes) => minutes * minute)

/**
 * Sends every message that is due, each at most once: that it is being sent is written down before, and a message of
 * which nobody knows whether it arrived is not sent again, for two alarms look like two troubles. The screen shows it.
 */
export async function deliverAlarms(world: AlarmWorld, signal: AbortSignal): Promise<void> {
  await settleAbandoned(world.db, world.now())
  while (!signal.aborted) {
    const message = await takeDue(world.db, world.now())
    if (!message) return
    await deliver(world, message, signal)
  }
}

async function deliver(world: AlarmWorld, message: Taken, signal: AbortSignal): Promise<void> {
  const { db, now } = world
  const described = await describeAll(world, message)
  const reach = await reachOf(world, message.channelId)
  if (described.length === 0) return end(db, message, { state: 'gone' }, now())
  if (reach === null) return end(db, message, { state: 'refused', problem: 'signed-out', reason: '' }, now())
  if (reach.service === 'email') return writeLetters(db, message, reach, described, now())
  const mine = await first(
    db,
    sql`
      update alarm_message set begun_at = ${now()}
      where id = ${message.id} and taken_until = ${message.takenUntil} and state = 'waiting'
      returning id`,
  )
  if (mine)
    await settle(world, message, await tellBy({ ...world, signal }, reach, wordAlarm(described, message.locale)))
}

async function settle({ db, now }: AlarmWorld, message: Taken, told: Told): Promise<void> {
  switch (told.kind) {
    case 'sent':
      return end(db, message, { state: 'sent' }, now())
    case 'refused':
    case 'unsure':
      return end(db, message, { state: told.kind, problem: told.problem, reason: told.reason }, now())
    case 'later': {
      const waitMs = waitsMs[message.tries - 1]
      if (waitMs === undefined) return end(db, message, { ...told, state: 'refused' }, now())
      const dueAt = new Date(Math.max(now().getTime() + waitMs, told.notBefore?.getTime() ?? 0))
      await sql`
        update alarm_message
        set due_at = ${dueAt}, begun_at = null, taken_until = null, problem = ${told.problem}, reason = ${told.reason}
        where id = ${message.id} and taken_until = ${message.takenUntil}`.execute(db)
      return
    }
    default:
      assertNever(told)
  }
}

/** A letter is a row, so all of them and what became of the message are written at once. */
async function writeLetters(
  db: Database,
  message: Taken,
  { addresses }: Extract<Reach, { service: 'email' }>,
  described: Described[],
  now: Date,
): Promise<void> {
  const { subject, lines } = wordAlarm(described, message.locale)
  const about = described.flatMap(({ ticket, mention }) => [
    ...(ticket ? [`ticket:${ticket.id}`] : []),
    ...(mention?.author ? [`author:${mention.author.id}`] : []),
  ])
  const text = lines.map((line) => `${line.text}\n${line.url}`).join('\n\n')
  await inTransaction(db, async (tx) => {
    for (const to of addresses)
      await sendLetter(tx, {
        key: `alarm:${message.id}:${to}`,
        to,
        subject: subject.slice(0, 200),
        text,
        project: message.projectId,
        about,
        // A later alarm tells more than this one does tomorrow.
        until: new Date(now.getTime() + 24 * 60 * minute),
      })
    await end(tx, message, { state: 'sent' }, now)
  })
}

/**
 * What the happenings of a message are now; those that are gone are left out. Where a playbook may be begun, the link of an
 * alarm leads to where it is.
 */
async function describeAll(world: AlarmWorld, { projectId, happenings }: Taken): Promise<Described[]> {
  const rows = await list(
    world.db,
    sql<Happening>`
      select id, project_id, kind, at, about from happening where id = any(${happenings}::bigint[]) order by id`,
  )
  const answers = `${world.config.publicUrl}/projects/${projectId}/playbooks?alarm=`
  const hasPlaybook = await mayPlay(world.db, projectId)
  const described: Described[] = []
  for (const row of rows) {
    const one = await describe(world, row)
    if (one) described.push(hasPlaybook && isAlarm(one.kind) ? { ...one, url: `${answers}${one.id}` } : one)
  }
  return described
}

async function takeDue(db: Database, now: Date): Promise<Taken | null> {
  return first(
    db,
    sql<Taken>`
      update alarm_message m
      set taken_until = ${new Date(now.getTime() + leaseMs)}, tries = tries + 1
      from alarm_channel c
      where c.id = m.channel_id and m.id = (
        select id from alarm_message
        where state = 'waiting' and due_at <= ${now} and begun_at is null
          and (taken_until is null or taken_until < ${now})
        order by due_at, id
        limit 1
        for update skip locked
      )
      returning m.id, m.channel_id, c.project_id, c.locale, m.happenings, m.taken_until, m.tries`,
  )
}

/** Whoever sent these died before they wrote down what came of it. */
async function settleAbandoned(db: Database, now: Date): Promise<void> {
  await sql`
    update alarm_message set state = 'unsure', problem = 'died', ended_at = ${now}
    where state = 'waiting' and begun_at is not null and taken_until < ${now}`.execute(db)
}

type End = { state: 'sent' | 'gone' } | { state: 'refused' | 'unsure'; problem: string; reason: string }

async function end(db: Database, message: Taken, outcome: End, now: Date): Promise<void> {
  const { problem, reason } = 'problem' in outcome ? outcome : { problem: null, reason: null }
  await sql`
    update alarm_message
    set state = ${outcome.state}, problem = ${problem}, reason = ${reason}, ended_at = ${now}, taken_until = null
    where id = ${message.id} and taken_until = ${message.takenUntil}`.execute(db)
}
