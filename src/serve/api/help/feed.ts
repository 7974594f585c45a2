import { html, raw } from 'hono/html'
import type { ListedTopic } from '../../../respond/help/post.ts'
import type { Visit } from './frame.ts'
import type { Html } from './text.ts'

/** The newest topics as Atom (RFC 4287): text only, so that no reader runs anything. */
export function drawFeed({ page, home, say }: Pick<Visit, 'page' | 'home' | 'say'>, topics: ListedTopic[]): Html {
  const newest = topics.reduce((at, { changedAt }) => (changedAt > at ? changedAt : at), new Date(0))
  return html`${raw('<?xml version="1.0" encoding="utf-8"?>\n')}<feed
      xmlns="http://www.w3.org/2005/Atom"
      xml:lang="${page.lang}"
    >
      <title>${printable(page.title)}</title>
      <id>${home}</id>
      <link href="${home}" />
      <link rel="self" href="${home}/feed.atom" />
      <updated>${newest.toISOString()}</updated>
      ${topics.map(
        ({ id, title, text, name, madeAt, changedAt, kind }) =>
          html`<entry>
            <title>${printable(title)}</title>
            <id>${home}/${id}</id>
            <link href="${home}/${id}" />
            <published>${madeAt.toISOString()}</published>
            <updated>${changedAt.toISOString()}</updated>
            <author><name>${printable(name ?? say.words.unnamed)}</name></author>
            <category term="${kind}" label="${say.kind(kind)}" />
            <summary>${printable(text.slice(0, 500))}</summary>
          </entry> `,
      )}</feed
    > `
}

/** The addresses that search engines may keep (sitemaps.org). */
export function drawSitemap(addresses: { url: string; changedAt: Date | null }[]): Html {
  return html`${raw('<?xml version="1.0" encoding="utf-8"?>\n')}<urlset
      xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    >
      ${addresses.map(
        ({ url, changedAt }) =>
          html`<url
            ><loc>${url}</loc>${changedAt === null ? '' : html`<lastmod>${changedAt.toISOString()}</lastmod>`}</url
          > `,
      )}</urlset
    > `
}

/** XML has no place for most control characters. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is taken out
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
}
