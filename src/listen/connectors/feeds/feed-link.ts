import { Parser } from 'htmlparser2'
import { absolute } from '../html-to-text.ts'

const feedTypes = /^(application\/(rss|atom|rdf|feed)\+(xml|json)|application\/(xml|json)|text\/xml)\b/i

/** The first feed a web page names in its head, as an absolute address; null when it names none. */
export function findFeedLink(page: string, address: string): string | null {
  const found: string[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      const rel = (attributes['rel'] ?? '').toLowerCase().split(/\s+/)
      if (name === 'link' && rel.includes('alternate') && feedTypes.test(attributes['type'] ?? '')) {
        const feed = absolute(attributes['href'] ?? '', address)
        if (feed !== null) found.push(feed)
      }
    },
  })
  // Feeds are named in the head; a page may go on for megabytes.
  parser.write(page.slice(0, 200_000))
  parser.end()
  return found[0] ?? null
}

/** Whether a document is a web page rather than a feed. */
export function isWebPage(text: string, contentType: string | null): boolean {
  const head = text
    .slice(0, 4000)
    .replace(/<!--[^]*?-->/g, '')
    .trimStart()
  return (
    /^(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body)\b/i.test(head) ||
    /^(text\/html|application\/xhtml)/i.test(contentType ?? '')
  )
}
