import type { Logger } from 'pino'
import { assertNever } from '../../base/errors.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Request } from '../../base/http/request.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { payer } from '../../listen/collect/budget.ts'
import { detectLanguage } from '../../listen/enrich/language.ts'
import { problem } from '../../listen/connectors/problems.ts'
import type { Found, OutgoingReply, ReplyChannel, Sent } from '../../listen/connectors/reply-channel.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { openAccount } from './account.ts'
import { worded } from './channel.ts'
import { claimDue, lookUpAt, nextDue, settleRefused, settleSent, settleUnsure, tryAgain, type Claim } from './outbox.ts'

export type SendWorld = {
  db: Database
  clickhouse: Clickhouse
  secrets: Secrets
  request: Request
  /** Which addresses sockets may be opened to. */
  allows: (address: string) => boolean
  now: () => Date
  log: Logger
  channelOf: (platform: string) => ReplyChannel<unknown> | null
  /** After the outcome of a reply is written down. */
  settled: (reply: { projectId: number; ticketId: number }) => Promise<void>
}

// After so many look-ups without an answer a person has to look.
const mostLookups = 6
const longestWaitMs = 30 * 60_000

/**
 * Sends every reply that is due, each at most once: what is to be sent is written down before, what came of it after, and
 * a try of which nobody knows what came of it is looked up before there is another. Returns when the next is due.
 */
export async function sendDue(world: SendWorld, signal: AbortSignal): Promise<Date | null> {
  while (!signal.aborted) {
    const claim = await claimDue(world.db, world.now(), ({ platform }) => world.channelOf(platform)?.settleMs ?? 0)
    if (claim === null) break
    if (claim.kind === 'taken') continue
    if (claim.kind === 'claimed') await carryOut(world, claim, signal)
    await world.settled(claim.reply)
  }
  return nextDue(world.db)
}

async function carryOut(world: SendWorld, claim: Claim, stopping: AbortSignal): Promise<void> {
  const { db, now } = world
  const channel = world.channelOf(claim.reply.platform)
  const account = await openAccount(db, world.secrets, claim.reply)
  if (!channel || account === null) return settleRefused(db, claim, problem('reply.no-account'))
  // Whatever is still on its way when the look-up comes would be there twice.
  const leftMs = Math.floor((claim.until.getTime() - now().getTime()) * 0.8)
  if (leftMs <= 0) return
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(leftMs)])
  const { projectId: project, platform } = claim.reply
  const pay = payer(db, { project, platform, credential: 'replies' }, now)
  const io = { request: world.request, allows: world.allows, now, signal, pay }
  if (claim.does === 'find')
    return found(world, claim, channel, await attempt(world, () => channel.find(outgoing(claim, channel), account, io)))
  const [mention] = await findMentions(world.clickhouse, claim.reply.projectId, [claim.reply.mentionId])
  if (!mention) return settleRefused(db, claim, problem('reply.gone'))
  return sent(world, claim, channel, await attempt(world, () => channel.send(outgoing(claim, channel), account, io)))
}

async function sent(world: SendWorld, claim: Claim, channel: ReplyChannel<unknown>, outcome: Sent): Promise<void> {
  const { db, now } = world
  switch (outcome.kind) {
    case 'sent':
      return settleSent(db, claim, outcome, now())
    case 'refused':
      return settleRefused(db, claim, outcome.problem)
    case 'later':
      return tryAgain(db, claim, latest(outcome.at, after(world, channel, claim.tries)), outcome.problem)
    case 'unknown':
      return lookUpAt(db, claim, after(world, channel, 0), outcome.problem)
    default:
      return assertNever(outcome)
  }
}

async function found(world: SendWorld, claim: Claim, channel: ReplyChannel<unknown>, outcome: Found): Promise<void> {
  const { db, now } = world
  switch (outcome.kind) {
    case 'sent':
      return settleSent(db, claim, outcome, now())
    case 'absent':
      return tryAgain(db, claim, now(), null)
    case 'unknown':
      if (claim.lookups + 1 >= mostLookups) return settleUnsure(db, claim, outcome.problem)
      return lookUpAt(db, claim, after(world, channel, claim.lookups), outcome.problem)
    default:
      return assertNever(outcome)
  }
}

/** A mistake of ours in a channel leaves open what it did before. */
async function attempt<T>(world: SendWorld, work: () => Promise<T>): Promise<T | Extract<Sent, { kind: 'unknown' }>> {
  try {
    return await work()
  } catch (error) {
    world.log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a reply channel threw')
    return { kind: 'unknown', problem: problem('reply.channel-failed') }
  }
}

function outgoing({ key, reply, begunAt }: Claim, channel: ReplyChannel<unknown>): OutgoingReply {
  const { text, answers: to } = reply
  return { key, text: worded(channel, text, to), lang: detectLanguage(text).code, to, begunAt }
}

function after({ now }: SendWorld, { settleMs }: ReplyChannel<unknown>, times: number): Date {
  return new Date(now().getTime() + Math.min(longestWaitMs, settleMs * 2 ** times))
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other
}
