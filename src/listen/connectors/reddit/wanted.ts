/** Posts by words, or everything that is posted and commented in a subreddit; `url` says the same again. */
export type Wanted = { url: string; title: string } & (
  | { kind: 'search'; words: string; in: string | null }
  | { kind: 'subreddit'; name: string }
)

/** Words, r/name, or the address of a subreddit or a search; null when the address is none of these. */
export function readWanted(text: string): Wanted | null {
  const line = text.replace(/\s+/g, ' ').trim()
  const named = /^\/?r\/(\w{2,21})\/?$/i.exec(line)?.[1]
  if (named !== undefined) return subreddit(named)
  if (!/^(https?:\/\/)?([\w-]+\.)*reddit\.com(\/|$)/i.test(line)) return search(line, null)
  const address = line.replace(/^(?!https?:\/\/)/i, 'https://')
  if (!URL.canParse(address)) return null
  const { pathname, searchParams } = new URL(address)
  const [, name, page = ''] = /^\/r\/(\w{2,21})(?:\/(\w*))?\/?$/i.exec(pathname) ?? []
  if (page === 'search' || pathname.startsWith('/search')) return search(searchParams.get('q') ?? '', name ?? null)
  return name !== undefined && /^(new|hot|top|rising|comments)?$/.test(page) ? subreddit(name) : null
}

function search(words: string, within: string | null): Wanted | null {
  const said = words.trim()
  if (said === '' || said.length > 512) return null
  const path = within === null ? '' : `r/${within}/`
  const query = new URLSearchParams({ q: said, sort: 'new', ...(within !== null && { restrict_sr: '1' }) })
  return {
    kind: 'search',
    words: said,
    in: within,
    url: `https://www.reddit.com/${path}search/?${query.toString()}`,
    title: `Reddit: ${said}`,
  }
}

function subreddit(name: string): Wanted {
  return { kind: 'subreddit', name, url: `https://www.reddit.com/r/${name}/`, title: `r/${name}` }
}
