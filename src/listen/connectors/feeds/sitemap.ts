import { Parser } from 'htmlparser2'

/** A list of a site's pages, or of further lists. Dates stay the strings they are. */
export type Sitemap =
  | { kind: 'pages'; pages: SitemapPage[] }
  | { kind: 'index'; sitemaps: { url: string; changed: string | null }[] }

export type SitemapPage = {
  url: string
  changed: string | null
  /** What a sitemap for news says: its title, when it was published and in which language. */
  news: { title: string | null; published: string | null; lang: string | null; name: string | null } | null
}

// What the protocol allows.
const mostPages = 50_000

/** Reads a sitemap of either kind; null when the text is none or ends in the middle. Its entities are not followed. */
export function readSitemap(text: string): Sitemap | null {
  const kind = /<(?:\w+:)?(urlset|sitemapindex)[\s>]/.exec(text.slice(0, 5000))?.[1]
  if (kind === undefined || !new RegExp(`</(?:\\w+:)?${kind}\\s*>\\s*$`).test(text.slice(-200))) return null
  const found: { [name: string]: string }[] = []
  let entry: { [name: string]: string } | null = null
  let inside: string[] = []
  const parser = new Parser(
    {
      onopentag(name) {
        if (name === 'url' || name === 'sitemap') entry = {}
        else inside.push(name)
      },
      ontext(said) {
        const name = inside.at(-1)
        if (entry !== null && name !== undefined) entry[name] = `${entry[name] ?? ''}${said}`.slice(0, 4000)
      },
      onclosetag(name) {
        if (name !== 'url' && name !== 'sitemap') return void inside.pop()
        if (entry !== null && found.length < mostPages) found.push(entry)
        entry = null
        inside = []
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.write(text)
  parser.end()
  const read = found.flatMap((one) => {
    const url = (one['loc'] ?? '').trim()
    return /^https?:\/\//i.test(url) && URL.canParse(url) ? [{ url, changed: part(one, 'lastmod'), of: one }] : []
  })
  if (kind === 'sitemapindex') return { kind: 'index', sitemaps: read.map(({ url, changed }) => ({ url, changed })) }
  return {
    kind: 'pages',
    pages: read.map(({ url, changed, of }) => ({
      url,
      changed,
      news:
        part(of, 'news:title') === null && part(of, 'news:publication_date') === null
          ? null
          : {
              title: part(of, 'news:title'),
              published: part(of, 'news:publication_date'),
              lang: part(of, 'news:language'),
              name: part(of, 'news:name'),
            },
    })),
  }
}

function part(entry: { [name: string]: string }, name: string): string | null {
  return entry[name]?.trim() || null
}
