import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { withAccessToken, type AccessToken } from '../access-token.ts'
import { contentOf, readJson, unanswered, why, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { signedJwt } from '../jwt.ts'

/** How a program gets a token of an hour: for a person who agreed once, or as an account of its own. */
export type GoogleCredential =
  | { kind: 'person'; clientId: string; clientSecret: string; refreshToken: string }
  | { kind: 'service'; email: string; privateKey: string; scope: string }

const tokenUrl = 'https://oauth2.googleapis.com/token'
const earlierMs = 60_000

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const Refused = z.object({ error: z.string(), error_description: z.string().nullish() })
const KeyFile = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(3),
  private_key: z.string().min(20),
})

/** The key file of a service account, as Google Cloud hands it out; null when the text is none. */
export function serviceAccountIn(text: string, scope: string): Extract<GoogleCredential, { kind: 'service' }> | null {
  try {
    const { success, data } = KeyFile.safeParse(JSON.parse(text))
    return success ? { kind: 'service', email: data.client_email, privateKey: data.private_key, scope } : null
  } catch {
    return null
  }
}

/** Asks Google with a token of an hour. */
export function askGoogle(
  credential: GoogleCredential,
  io: ConnectorIo,
  call: (headers: { authorization: string }) => Promise<Answer>,
): Promise<Answer | { trouble: Trouble }> {
  return withAccessToken(credential, io, () => tokenFor(credential, io), call)
}

async function tokenFor(credential: GoogleCredential, io: ConnectorIo): Promise<AccessToken | { trouble: Trouble }> {
  const now = io.now().getTime()
  const grant = grantOf(credential, io.now())
  if (grant === null) return { trouble: { kind: 'signed-out', ...why('google.key-file') } }
  const answer = await io.request(tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(grant).toString(),
    signal: io.signal,
  })
  if (answer.kind !== 'ok') return { trouble: unanswered(answer) }
  if (answer.status === 400 || answer.status === 401) {
    const read = readJson(answer, Refused)
    const reason = 'value' in read ? read.value.error_description || read.value.error : `HTTP ${answer.status}`
    return { trouble: { kind: 'signed-out', ...why('google.signed-out', { reason }) } }
  }
  const content = contentOf(answer, io.now())
  if ('trouble' in content) return content
  const read = readJson(content.content, Token)
  if ('trouble' in read) return read
  return { token: read.value.access_token, until: now + read.value.expires_in * 1000 - earlierMs }
}

function grantOf(credential: GoogleCredential, now: Date): { [name: string]: string } | null {
  if (credential.kind === 'person')
    return {
      grant_type: 'refresh_token',
      client_id: credential.clientId,
      client_secret: credential.clientSecret,
      refresh_token: credential.refreshToken,
    }
  const issuedAt = Math.floor(now.getTime() / 1000)
  const claims = { iss: credential.email, scope: credential.scope, aud: tokenUrl, iat: issuedAt, exp: issuedAt + 3600 }
  const assertion = signedJwt({ alg: 'RS256', typ: 'JWT' }, claims, credential.privateKey)
  return assertion === null ? null : { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }
}
