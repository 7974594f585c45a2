/** What is looked for, and the address under which people see the same. */
export type Wanted = { url: string; query: string; tags: string; title: string }

const everything = '(story,comment,poll)'

/**
 * What a person means: words (`"two words"` is a phrase, `-word` leaves out), or the address of a search, an account or
 * a discussion; null when it is none of these.
 */
export function readWanted(text: string): Wanted | null {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 500) return null
  if (!/^https?:\/\//i.test(trimmed)) return bySearch(trimmed)
  if (!URL.canParse(trimmed)) return null
  const { hostname, pathname, searchParams } = new URL(trimmed)
  const id = searchParams.get('id') ?? ''
  if (hostname === 'hn.algolia.com') return bySearch(searchParams.get('q') ?? searchParams.get('query') ?? '')
  if (hostname !== 'news.ycombinator.com') return null
  if (pathname === '/item' && /^\d+$/.test(id)) return byTag(pathname, id, `story_${id}`)
  if (/^\/(user|submitted|threads)$/.test(pathname) && /^[\w-]+$/.test(id)) return byTag('/user', id, `author_${id}`)
  return null
}

function bySearch(words: string): Wanted | null {
  const query = words.replace(/\s+/g, ' ').trim()
  if (query === '') return null
  const url = `https://hn.algolia.com/?${new URLSearchParams({ q: query, sort: 'byDate' }).toString()}`
  return { url, query, tags: everything, title: `Hacker News: ${query}` }
}

function byTag(path: string, id: string, tag: string): Wanted {
  return {
    url: `https://news.ycombinator.com${path}?id=${id}`,
    query: '',
    tags: `${everything},${tag}`,
    title: `Hacker News: ${id}`,
  }
}
