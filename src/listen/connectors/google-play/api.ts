import type { GoogleApi } from '../google/api.ts'
import { serviceAccountIn } from '../google/token.ts'

const scope = 'https://www.googleapis.com/auth/androidpublisher'

/** Google Play's API for developers, asked as the service account of a key file. */
export const playApi: GoogleApi<string> = {
  address: 'https://androidpublisher.googleapis.com/androidpublisher/v3/applications',
  credentialOf: (keyFile) => serviceAccountIn(keyFile, scope),
  platform: 'google-play',
  waitMs: 3_600_000,
}
