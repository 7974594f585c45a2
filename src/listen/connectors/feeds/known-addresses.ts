/**
 * The feed behind an address that people paste: of Reddit, YouTube, Google News and rss-bridge it follows from the page's
 * own address. Any other address is answered as it is, and so is that of a feed.
 */
export function feedOf(address: string): string {
  const url = new URL(address)
  const host = url.hostname.replace(/^(www|old|new|np|m)\./, '')
  if (host === 'reddit.com') return ofReddit(url)
  if (host === 'youtube.com') return ofYoutube(url)
  if (host === 'news.google.com') return ofGoogleNews(url)
  if (url.searchParams.has('bridge') && url.searchParams.get('action')?.toLowerCase() === 'display')
    return ofBridge(url)
  return url.href
}

function ofReddit({ pathname, searchParams }: URL): string {
  if (/\.(rss|json)$/.test(pathname))
    return `https://www.reddit.com${pathname.replace(/json$/, 'rss')}${queryOf(searchParams)}`
  const [, kind, name, tab] = pathname.split('/')
  if (kind === 'search' || tab === 'search') {
    searchParams.set('sort', 'new')
    return `https://www.reddit.com${tab === 'search' ? `/r/${name}` : ''}/search.rss${queryOf(searchParams)}`
  }
  if (kind === 'r' && name && tab !== 'comments')
    return `https://www.reddit.com/r/${name}/${tab === 'top' ? 'top' : 'new'}/.rss`
  // All comments of a place, or the discussion of one post.
  if (kind === 'r' && name) return `https://www.reddit.com${pathname.replace(/\/$/, '')}/.rss`
  if ((kind === 'user' || kind === 'u') && name) return `https://www.reddit.com/user/${name}/.rss`
  return `https://www.reddit.com${pathname}${queryOf(searchParams)}`
}

function ofYoutube(url: URL): string {
  const feed = (name: string, value: string) => `https://www.youtube.com/feeds/videos.xml?${name}=${value}`
  const channel = /^\/channel\/(UC[\w-]{22})(?:\/|$)/.exec(url.pathname)?.[1]
  if (channel !== undefined) return feed('channel_id', channel)
  const list = url.pathname === '/playlist' ? url.searchParams.get('list') : null
  return list ? feed('playlist_id', encodeURIComponent(list)) : url.href
}

function ofGoogleNews(url: URL): string {
  const isPage = /^\/(search|topics|topstories|headlines)(\/|$)/.test(url.pathname)
  return isPage ? `https://news.google.com/rss${url.pathname}${url.search}` : url.href
}

/** The page that shows a bridge to people has the same address but for its format. */
function ofBridge(url: URL): string {
  if (!/^(atom|mrss|json)$/i.test(url.searchParams.get('format') ?? '')) url.searchParams.set('format', 'Atom')
  return url.href
}

function queryOf(params: URLSearchParams): string {
  return params.size === 0 ? '' : `?${params}`
}
