import { createVerify, generateKeyPairSync } from 'node:crypto'
import type { PlatformAnswer } from '../connector.contract.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A key file as Google Cloud hands it out. */
export const keyFile = JSON.stringify({
  type: 'service_account',
  client_email: 'heed@acme.iam.gserviceaccount.com',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
})
export const person = {
  clientId: 'id.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-secret',
  refreshToken: '1//refresh-token',
}
export const accessToken = 'ya29.access-token'

const json = (body: unknown, status = 200): PlatformAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

export const refuse = (status: number, reason: string, message = `${reason} happened`): PlatformAnswer =>
  json({ error: { code: status, message, errors: [{ message, domain: 'youtube', reason }], status: reason } }, status)

export const grantedToken = json({ access_token: accessToken, expires_in: 3599, token_type: 'Bearer' })

/** Google's door for tokens: takes the refresh token of a person, or what a service account has signed. */
export function grantToken(body: string, now: Date, scope: string): PlatformAnswer {
  const form = new URLSearchParams(body)
  if (form.get('grant_type') === 'refresh_token') {
    const isPerson = form.get('client_id') === person.clientId && form.get('client_secret') === person.clientSecret
    return isPerson && form.get('refresh_token') === person.refreshToken
      ? grantedToken
      : json({ error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }, 400)
  }
  const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.')
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as { [name: string]: unknown }
  const isSigned = createVerify('sha256')
    .update(`${header}.${claims}`)
    .verify(publicKey, Buffer.from(signature, 'base64url'))
  const nowS = Math.floor(now.getTime() / 1000)
  const isGood =
    isSigned &&
    said['scope'] === scope &&
    said['aud'] === 'https://oauth2.googleapis.com/token' &&
    said['iat'] === nowS &&
    Number(said['exp']) - nowS <= 3600
  return isGood ? grantedToken : json({ error: 'invalid_grant', error_description: 'Invalid JWT Signature.' }, 400)
}
