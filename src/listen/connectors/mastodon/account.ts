import { withHeaders } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'

/** An account that Heed writes from. `longest` is how long a status may be at its server. */
export type MastodonAccount = { server: string; token: string; id: string; acct: string; longest: number }

export function authorised({ token }: Pick<MastodonAccount, 'token'>): { authorization: string } {
  return { authorization: `Bearer ${token}` }
}

/** The same way out, signed in. */
export function signedIn(io: ConnectorIo, account: Pick<MastodonAccount, 'token'>): ConnectorIo {
  return withHeaders(io, authorised(account))
}
