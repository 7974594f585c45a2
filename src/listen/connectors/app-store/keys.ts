import { typed, wrong, type Trouble, why } from '../answers.ts'
import { signedJwt } from '../jwt.ts'

/** A key of App Store Connect (Users and Access → Integrations). */
export type AppStoreKeys = { issuer: string; keyId: string; privateKey: string }

// Apple takes none that is valid for longer than twenty minutes.
const validS = 15 * 60

export function parseKeys(input: unknown): AppStoreKeys {
  const keys = { issuer: typed(input, 'issuer'), keyId: typed(input, 'keyId'), privateKey: typed(input, 'privateKey') }
  if (!/^[0-9a-f-]{36}$/i.test(keys.issuer)) throw wrong('app-store.issuer', {}, 'issuer')
  if (!/^[A-Z0-9]{8,12}$/.test(keys.keyId)) throw wrong('app-store.key-id', {}, 'keyId')
  if (tokenOf(keys, new Date(0)) === null) throw wrong('app-store.private-key', {}, 'privateKey')
  return keys
}

/** A token for some minutes (https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests); null when the key is none. */
export function tokenOf({ issuer, keyId, privateKey }: AppStoreKeys, now: Date): string | null {
  const issuedAt = Math.floor(now.getTime() / 1000)
  const claims = { iss: issuer, iat: issuedAt, exp: issuedAt + validS, aud: 'appstoreconnect-v1' }
  return signedJwt({ alg: 'ES256', kid: keyId, typ: 'JWT' }, claims, privateKey)
}

export const badKey: Trouble = { kind: 'signed-out', ...why('app-store.private-key') }
