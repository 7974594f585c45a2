import { z } from 'zod'
import type { ConnectorIo, SourceSecrets } from '../connector.ts'
import { renewToken } from '../renewal.ts'
import { askGraph, graph } from './graph.ts'

const Debugged = z.object({ data: z.object({ is_valid: z.boolean().nullish(), expires_at: z.int().nullish() }) })
const Exchanged = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() })

/**
 * Exchanges a token of Facebook that ends for one that lives longer, for whoever gave the app with its secret. Tokens of
 * pages and of system users mostly never end, and stay (https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived).
 */
export async function renewMeta(secrets: SourceSecrets, io: ConnectorIo): Promise<SourceSecrets | null> {
  const { token = '', appId, appSecret, renewal } = secrets
  if (!appId || !appSecret) return null
  const app = { token: `${appId}|${appSecret}` }
  return renewToken({ token, renewal }, io, async () => {
    const asked = await askGraph(`${graph}/debug_token`, { input_token: token }, app, Debugged, io)
    if ('trouble' in asked) return asked
    if ((asked.value.data.expires_at ?? 0) === 0) return { token, endsAt: null }
    const parameters = {
      grant_type: 'fb_exchange_token',
      client_id: appId,
      client_secret: appSecret,
      fb_exchange_token: token,
    }
    const exchanged = await askGraph(`${graph}/oauth/access_token`, parameters, app, Exchanged, io)
    if ('trouble' in exchanged) return exchanged
    const { access_token, expires_in } = exchanged.value
    return {
      token: access_token,
      endsAt: expires_in == null ? null : new Date(io.now().getTime() + expires_in * 1000),
    }
  })
}
