const pages =
  /\/(latest|new|top|hot|unread|posts|categories|tags?|tag|c|t|u|g|search|about|faq|guidelines|site|badges)(\/|\.json|\.rss|$)/

/**
 * The address a forum lives under, without a slash at its end, from the address of any of its pages; null when the text is no
 * address. A forum may live in a folder of a site.
 */
export function readForum(text: string): string | null {
  const trimmed = text.trim()
  const address = /^[\w-]+(\.[\w-]+)+(\/|$)/.test(trimmed) ? `https://${trimmed}` : trimmed
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null
  const { origin, pathname } = new URL(address)
  const page = pages.exec(pathname)
  return origin + (page === null ? pathname : pathname.slice(0, page.index)).replace(/\/+$/, '')
}
