import { why } from '../answers.ts'
import type { GoogleApi } from '../google/api.ts'

/** Somebody who manages the listing and agreed once, by a client of their own. */
export type BusinessKeys = { clientId: string; clientSecret: string; refreshToken: string }

export const businessApi: GoogleApi<BusinessKeys> = {
  address: 'https://mybusiness.googleapis.com/v4',
  credentialOf: ({ clientId, clientSecret, refreshToken }) => ({
    kind: 'person',
    clientId,
    clientSecret,
    refreshToken,
  }),
  platform: 'google-business',
  waitMs: 60_000,
  // A project that Google has not approved has a quota of nothing, which it says as if too much had been asked.
  special: (message) =>
    /quota metric .* limit .*\b0\b/i.test(message)
      ? { kind: 'signed-out', ...why('google-business.not-approved') }
      : null,
}
