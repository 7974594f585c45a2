import { decoded } from '../decoded.ts'

/** Videos by words, everything of a channel with the comments under it, or the comments of one video. `url` says the same again. */
export type Wanted = { url: string; title: string } & (
  | { kind: 'search'; words: string }
  | { kind: 'channel'; by: 'id' | 'forHandle' | 'forUsername'; name: string }
  | { kind: 'video'; id: string }
)

const site = 'https://www.youtube.com'

/** Words, @name, or the address of a channel, a video or a search; null when the address is none of these. */
export function readWanted(text: string): Wanted | null {
  const line = text.replace(/\s+/g, ' ').trim()
  if (/^@[\p{L}\p{N}._·-]{3,30}$/u.test(line)) return channel('forHandle', line)
  if (!/^(https?:\/\/)?([\w-]+\.)*(youtube\.com|youtu\.be)(\/|$)/i.test(line)) return search(line)
  const address = line.replace(/^(?!https?:\/\/)/i, 'https://')
  if (!URL.canParse(address)) return null
  const { hostname, pathname, searchParams } = new URL(address)
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
  if (hostname.endsWith('youtu.be')) return video(parts[0])
  const [first = '', second] = parts
  if (first === 'watch') return video(searchParams.get('v') ?? undefined)
  if (/^(shorts|live|embed)$/.test(first)) return video(second)
  if (first === 'results') return search(searchParams.get('search_query') ?? '')
  if (first === 'channel') return /^UC[\w-]{22}$/.test(second ?? '') ? channel('id', second ?? '') : null
  if (first === 'user') return second === undefined ? null : channel('forUsername', second)
  return first.startsWith('@') ? channel('forHandle', first) : null
}

function search(words: string): Wanted | null {
  const said = words.trim()
  if (said === '' || said.length > 300) return null
  return {
    kind: 'search',
    words: said,
    url: `${site}/results?${new URLSearchParams({ search_query: said }).toString()}`,
    title: `YouTube: ${said}`,
  }
}

function channel(by: Extract<Wanted, { kind: 'channel' }>['by'], name: string): Wanted {
  const path =
    by === 'id' ? `channel/${name}` : by === 'forUsername' ? `user/${encodeURIComponent(name)}` : encodeURI(name)
  return { kind: 'channel', by, name, url: `${site}/${path}`, title: name }
}

function video(id: string | undefined): Wanted | null {
  if (id === undefined || !/^[\w-]{11}$/.test(id)) return null
  return { kind: 'video', id, url: `${site}/watch?v=${id}`, title: `YouTube: ${id}` }
}
