import type { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJson, type Trouble } from '../answers.ts'
import type { SourceIo, SourceToRead } from '../connector.ts'
import type { BlueskyConfig } from './bluesky.ts'
import { asAccount, commonService } from './session.ts'
import { callXrpc, refusalIn, type Call } from './xrpc.ts'

// What it shows to everybody is what the app shows without an account.
const publicView = 'https://public.api.bsky.app'

/** Asks the network, as the source's account where it has one, and reads an answer of this form. */
export async function readXrpc<Value>(
  asked: Pick<Call, 'method' | 'params'>,
  shape: z.ZodType<Value>,
  source: SourceToRead<BlueskyConfig>,
  io: SourceIo,
): Promise<{ value: Value; requests: number } | { trouble: Trouble }> {
  const answered = await ask(asked, source, io)
  if ('trouble' in answered) return answered
  const refusal = refusalIn(answered)
  // A name that nobody has, and an account that was closed, are told as a wrong question.
  if (refusal === 'InvalidRequest' || refusal === 'ProfileNotFound') return { trouble: failed('bluesky.not-found') }
  if (/^Account(Deactivated|Takedown)$/.test(refusal ?? '')) return { trouble: failed('bluesky.not-found') }
  const content = contentOf(answered, io.now())
  if ('trouble' in content) return { trouble: closed(content.trouble) }
  const read = readJson(content.content, shape)
  return 'trouble' in read ? read : { value: read.value, requests: content.content.requests }
}

async function ask(
  asked: Pick<Call, 'method' | 'params'>,
  { config, secrets }: SourceToRead<BlueskyConfig>,
  io: SourceIo,
): Promise<Answer | { trouble: Trouble }> {
  const { password } = secrets
  if (config.handle === null || !password) return callXrpc({ ...asked, service: config.service ?? publicView }, io)
  const account = { handle: config.handle, password, service: config.service ?? commonService }
  const signed = await asAccount(account, io, ({ pds: service, access: token }) =>
    callXrpc({ ...asked, service, token }, io),
  )
  if (!('notSignedIn' in signed)) return signed.answer
  const content = contentOf(signed.notSignedIn, io.now())
  const trouble = 'trouble' in content ? content.trouble : failed('site.unexpected', { what: 'no session' })
  return { trouble: closed(trouble, 'bluesky.signed-out') }
}

function closed(trouble: Trouble, key: 'bluesky.closed' | 'bluesky.signed-out' = 'bluesky.closed'): Trouble {
  return trouble.kind === 'signed-out' ? { ...failed(key), kind: 'signed-out' } : trouble
}
