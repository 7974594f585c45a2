import { z } from 'zod'
import { askJson, failed, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'
import { htmlToText } from '../html-to-text.ts'

/** An address of the API. As a parameter its path is understood by every WordPress, however its addresses are made up. */
export function restUrl(site: string, path: string, params: { [name: string]: string | number } = {}): string {
  const query = new URLSearchParams({ rest_route: path })
  for (const [name, value] of Object.entries(params)) query.set(name, String(value))
  return `${site}/?${query}`
}

const Index = z.object({ name: z.string(), home: z.string(), namespaces: z.array(z.string()) })

/** The site that a page belongs to, without a slash at its end, and what it calls itself. */
export async function findSite(
  page: string,
  io: ConnectorIo,
): Promise<{ site: string; title: string; requests: number } | { trouble: Trouble }> {
  const asked = await askJson(io, restUrl(page, '/', { _fields: 'name,home,namespaces' }), Index)
  if ('trouble' in asked) return { trouble: noneHere(asked.trouble) }
  const { name, home, namespaces } = asked.value
  if (!namespaces.includes('wp/v2')) return { trouble: failed('wordpress.none') }
  const own = URL.canParse(home) ? new URL(home) : new URL(page)
  // A front page on another host may be made by another program, which knows nothing of WordPress.
  const site = own.host === new URL(page).host ? home.replace(/\/+$/, '') : page
  return { site, title: htmlToText(name).text || own.host, requests: asked.content.requests }
}

/** What answers with a page, or with something of its own, is no WordPress that programs may read. */
function noneHere(trouble: Trouble): Trouble {
  const key = 'problem' in trouble ? trouble.problem?.key : undefined
  return key === 'site.page' || key === 'site.unexpected' || key === 'site.not-found'
    ? failed('wordpress.none')
    : trouble
}
