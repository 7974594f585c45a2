import { z } from 'zod'
import type { Trouble } from '../answers.ts'
import type { ConnectorIo, SourceSecrets } from '../connector.ts'
import { askGraph, GraphPage, type GraphKeys } from '../meta/graph.ts'
import { renewToken, type Renewable } from '../renewal.ts'

export const origin = 'https://graph.threads.com'
export const threads = `${origin}/v1.0`

export const Me = z.object({ id: z.string().min(1), username: z.string().min(1) })
const Exchanged = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

/** A page of a list, with the mark of the page after it: Threads gives marks without addresses, also after the last page. */
export async function askPage(
  path: string,
  parameters: { [name: string]: string },
  keys: GraphKeys,
  io: ConnectorIo,
): Promise<{ items: unknown[]; after: string | null; headers: { [name: string]: string } } | { trouble: Trouble }> {
  const asked = await askGraph(`${threads}/${path}`, parameters, keys, GraphPage, io)
  if ('trouble' in asked) return asked
  const { data, paging } = asked.value
  const after = data.length === 0 ? null : paging?.cursors?.after || null
  return { items: data, after, headers: asked.content.headers }
}

/** Sixty days for sixty days: https://developers.facebook.com/docs/threads/get-started/long-lived-tokens */
export function renewThreads(
  { token, renewal }: Renewable,
  io: ConnectorIo,
): Promise<{ token: string; renewal: string } | null> {
  return renewToken({ token, renewal }, io, async () => {
    const parameters = { grant_type: 'th_refresh_token', access_token: token }
    const asked = await askGraph(`${origin}/refresh_access_token`, parameters, { token }, Exchanged, io)
    if ('trouble' in asked) return asked
    const { access_token, expires_in } = asked.value
    return { token: access_token, endsAt: new Date(io.now().getTime() + expires_in * 1000) }
  })
}

export function renewSecrets(secrets: SourceSecrets, io: ConnectorIo): Promise<SourceSecrets | null> {
  return renewThreads({ token: secrets['token'] ?? '', renewal: secrets['renewal'] }, io)
}
