import { z } from 'zod'
import { askJson, failed, withHeaders, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { authorisation, type GhostKey } from './key.ts'

export type Ghost = { site: string; key: GhostKey }

/** An address of the Admin API, which lives under the site. */
export function adminUrl({ site }: Ghost, path: string, params: { [name: string]: string | number } = {}): string {
  const query = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)]))
  return `${site}/ghost/api/admin/${path}/${query.size > 0 ? `?${query}` : ''}`
}

/** Ghost keeps the versions of its interface compatible when it knows for which one was written. */
export function headersFor({ key }: Ghost, now: Date): { [name: string]: string } {
  return { ...authorisation(key, now), 'accept-version': 'v6.0' }
}

export function askGhost<Value>(
  ghost: Ghost,
  asked: { path: string; params?: { [name: string]: string | number } },
  shape: z.ZodType<Value>,
  io: ConnectorIo,
) {
  return askJson(withHeaders(io, headersFor(ghost, io.now())), adminUrl(ghost, asked.path, asked.params), shape)
}

const Site = z.object({ site: z.object({ title: z.string(), url: z.string() }) })

/** What the site calls itself; asks for nothing that needs the key. */
export async function findGhost(
  ghost: Ghost,
  io: ConnectorIo,
): Promise<{ title: string; requests: number } | { trouble: Trouble }> {
  const asked = await askGhost(ghost, { path: 'site' }, Site, io)
  if (!('trouble' in asked))
    return { title: asked.value.site.title || new URL(ghost.site).host, requests: asked.content.requests }
  const key = 'problem' in asked.trouble ? asked.trouble.problem?.key : undefined
  return {
    trouble:
      key === 'site.page' || key === 'site.unexpected' || key === 'site.not-found'
        ? failed('ghost.none')
        : asked.trouble,
  }
}
