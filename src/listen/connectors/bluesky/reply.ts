import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { unanswered } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { postedOf } from '../posted.ts'
import { problem, type Problem } from '../problems.ts'
import type { OutgoingReply, Published, ReplyChannel, Sent } from '../reply-channel.ts'
import { findFacets, type Facet } from './facets.ts'
import { idOf, pageOf, placeOf, postCollection, uriOfId } from './record.ts'
import { asAccount, parseAccount, signIn, type BlueskyAccount, type Session } from './session.ts'
import { recordKey } from './tid.ts'
import { callXrpc, refusalIn } from './xrpc.ts'

/**
 * Answers on Bluesky. The key of the record is made from the key of the reply, so one reply is one record however
 * often it is written: writing it again is no change.
 */
export const blueskyReplies: ReplyChannel<BlueskyAccount> = {
  platform: 'bluesky',
  // What was written lies on the server of the account as soon as it has answered.
  settleMs: 30_000,
  parseAccount,

  async greet(account, io) {
    const signed = await signIn(account, io)
    if ('session' in signed) return { kind: 'ready', name: `@${signed.session.handle}`, account }
    const trouble = notSignedIn(signed.notSignedIn, io)
    return trouble.kind === 'refused'
      ? { kind: 'refused', problem: trouble.problem }
      : { kind: 'unknown', problem: trouble.problem }
  },

  limits: () => ({ length: { most: 300, unit: 'graphemes' } }),

  async send(reply, account, io) {
    const parent = uriOfId(reply.to.id)
    if (parent === null) return { kind: 'refused', problem: problem('reply.gone') }
    const asked = await asAccount(account, io, (session) => getRecord(parent, session, io))
    if ('notSignedIn' in asked) return notSignedIn(asked.notSignedIn, io)
    const thread = threadOf(asked.answer, io)
    if ('trouble' in thread) return thread.trouble
    const facets = await findFacets(reply.text, (handle) => resolveHandle(handle, asked.session, io))
    const written = await asAccount(account, io, (session) => putRecord(reply, thread, facets, session, io))
    if ('notSignedIn' in written) return notSignedIn(written.notSignedIn, io)
    const posted = postedOf(written.answer, io.now())
    return 'trouble' in posted ? posted.trouble : { kind: 'sent', ...publishedOf(reply, written.session) }
  },

  async find(reply, account, io) {
    const asked = await asAccount(account, io, (session) => getRecord(publishedOf(reply, session).id, session, io))
    if ('notSignedIn' in asked) return { kind: 'unknown', problem: notSignedIn(asked.notSignedIn, io).problem }
    const { answer, session } = asked
    if (answer.kind === 'ok' && answer.status === 200) return { kind: 'sent', ...publishedOf(reply, session) }
    if (refusalIn(answer) === 'RecordNotFound') return { kind: 'absent' }
    return { kind: 'unknown', problem: problemOf(answer, io) }
  },

  async remove(published, account, io) {
    const place = placeOf(published.id)
    if (place === null) return { kind: 'refused', problem: problem('reply.gone') }
    const input = { repo: place.did, collection: postCollection, rkey: place.rkey }
    const asked = await asAccount(account, io, ({ pds: service, access: token }) =>
      callXrpc({ service, method: 'com.atproto.repo.deleteRecord', input, token }, io),
    )
    const answer = 'notSignedIn' in asked ? asked.notSignedIn : asked.answer
    if (answer.kind === 'ok' && answer.status === 200) return { kind: 'done' }
    const isRefused = answer.kind === 'ok' && answer.status >= 400 && answer.status < 500 && answer.status !== 429
    return { kind: isRefused ? 'refused' : 'unknown', problem: problemOf(answer, io) }
  },
}

type Reference = { uri: string; cid: string }
type Thread = { root: Reference; parent: Reference }

const Reference = z.object({ uri: z.string().min(1), cid: z.string().min(1) })
const Found = Reference.extend({
  value: z.object({ reply: z.object({ root: Reference }).nullish().catch(null) }),
})

/** The record that is answered and the first one of its thread, each with the hash that proves which text was meant. */
function threadOf(answer: Answer, io: ConnectorIo): Thread | { trouble: Exclude<Sent, { kind: 'sent' | 'unknown' }> } {
  // Nothing is written yet, so whatever went wrong here may be tried again.
  const later = laterAfter(answer, io)
  if (answer.kind !== 'ok') return { trouble: later }
  if (/^(RecordNotFound|RepoNotFound|RepoTakendown|RepoDeactivated)$/.test(refusalIn(answer) ?? ''))
    return { trouble: { kind: 'refused', problem: problem('reply.gone') } }
  const read = answer.status === 200 ? Found.safeParse(jsonOf(answer.body)) : null
  if (read?.success !== true) return { trouble: later }
  const { uri, cid, value } = read.data
  return { parent: { uri, cid }, root: value.reply?.root ?? { uri, cid } }
}

function getRecord(uri: string, { pds: service, access: token }: Session, io: ConnectorIo): Promise<Answer> {
  const { did = '', rkey = '' } = placeOf(uri) ?? {}
  const params = { repo: did, collection: postCollection, rkey }
  return callXrpc({ service, method: 'com.atproto.repo.getRecord', params, token }, io)
}

function putRecord(
  reply: OutgoingReply,
  thread: Thread,
  facets: Facet[],
  { did, pds: service, access: token }: Session,
  io: ConnectorIo,
): Promise<Answer> {
  const record = {
    $type: postCollection,
    text: reply.text,
    createdAt: reply.begunAt.toISOString(),
    ...(reply.lang !== null && { langs: [reply.lang] }),
    reply: thread,
    ...(facets.length > 0 && { facets }),
  }
  const input = { repo: did, collection: postCollection, rkey: recordKey(reply.key, reply.begunAt), record }
  return callXrpc({ service, method: 'com.atproto.repo.putRecord', input, token }, io)
}

function publishedOf(reply: OutgoingReply, { did }: Session): Published {
  const place = { did, rkey: recordKey(reply.key, reply.begunAt) }
  const uri = `at://${did}/${postCollection}/${place.rkey}`
  return { id: uri, mention: idOf(uri), url: pageOf(place) }
}

/** Whose name it is; a name that nobody answers for stays text. */
async function resolveHandle(handle: string, { pds: service }: Session, io: ConnectorIo): Promise<string | null> {
  const answer = await callXrpc({ service, method: 'com.atproto.identity.resolveHandle', params: { handle } }, io)
  if (answer.kind !== 'ok' || answer.status !== 200) return null
  return z.object({ did: z.string().startsWith('did:') }).safeParse(jsonOf(answer.body)).data?.did ?? null
}

/** Without a session nothing was written. */
function notSignedIn(answer: Answer, io: ConnectorIo): Exclude<Sent, { kind: 'sent' | 'unknown' }> {
  const isRefused = answer.kind === 'ok' && (answer.status === 400 || answer.status === 401 || answer.status === 403)
  if (isRefused) return { kind: 'refused', problem: problem('bluesky.signed-out') }
  return laterAfter(answer, io)
}

function laterAfter(answer: Answer, io: ConnectorIo): Extract<Sent, { kind: 'later' }> {
  const posted = postedOf(answer, io.now())
  return 'trouble' in posted && posted.trouble.kind === 'later'
    ? posted.trouble
    : { kind: 'later', at: new Date(io.now().getTime() + 60_000), problem: problemOf(answer, io) }
}

function problemOf(answer: Answer, io: ConnectorIo): Problem {
  if (answer.kind !== 'ok') return unanswered(answer).problem ?? problem('site.stopped')
  const posted = postedOf(answer, io.now())
  return 'trouble' in posted
    ? posted.trouble.problem
    : problem('site.unreadable', { reason: 'not what Bluesky documents' })
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return null
  }
}
