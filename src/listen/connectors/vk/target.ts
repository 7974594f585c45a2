import { decoded } from '../decoded.ts'

/** What a VK source collects. `name` is how an address names the owner of a wall; `owner` its number, where it tells. */
export type Target =
  | { kind: 'search'; url: string; words: string }
  | { kind: 'wall'; url: string; name: string; owner: number | null }
  /** Null: of the account whose key it is. */
  | { kind: 'mentions'; url: string; name: string | null; owner: number | null }
  /** `topic` null: every discussion of the community. */
  | { kind: 'board'; url: string; group: number; topic: number | null }
  /** What VK sends of itself; `words` null: for the words of the project's topics. */
  | { kind: 'stream'; url: string; words: string | null }

const site = /^(?:https?:\/\/)?(?:www\.|m\.)?(?:vk\.com|vk\.ru|vkontakte\.ru)\//i
// What stands where names stand, and is none.
const pages = /^(search|feed|im|apps?|video|clips|music|market|albums?|photo|story|away|login|settings)(\W|$)/i

/**
 * What a person means: the address of a wall, a post, a search or the mentions page, `@name`, or words to search for.
 * Null where it names nothing that can be collected. Reading the `url` of a target gives the same target.
 */
export function readTarget(text: string): Target | null {
  const written = text.trim()
  const streamed = /^(?:stream|поток):\s*(.*)$/i.exec(written)?.[1]
  if (streamed !== undefined) return stream(streamed)
  if (/^(topics|темы)$/i.test(written)) return { kind: 'stream', url: 'topics', words: null }
  if (!site.test(written)) {
    if (/^@[\w.]{2,64}$/.test(written)) return wall(written.slice(1))
    // An address of another site is not something to search for.
    if (written === '' || /^https?:\/\//i.test(written) || !/[\p{L}\p{N}]/u.test(written)) return null
    return search(written)
  }
  const address = new URL(`https://vk.com/${written.replace(site, '')}`)
  const path = decoded(address.pathname.slice(1)).replace(/\/+$/, '')
  const query = address.searchParams
  const words = query.get('q') ?? query.get('c[q]') ?? ''
  if (/^(search|feed)(\/|$)/i.test(path) && words.trim() !== '') return search(words.trim())
  if (/^feed$/i.test(path) && query.get('section') === 'mentions') return mentions(query.get('of'))
  if (pages.test(path)) return null
  const [, group, topic] = /^(?:board|topic-)(\d{1,15})(?:_(\d{1,15}))?$/i.exec(path) ?? []
  if (group !== undefined) return board(Number(group), topic === undefined ? null : Number(topic))
  const owner = /^wall(-?\d{1,15})(?:_\d+)?$/i.exec(path)?.[1]
  if (owner !== undefined) return wall(nameOf(Number(owner)))
  return /^[\w.]{2,64}$/.test(path) ? wall(path) : null
}

function search(words: string): Target {
  return { kind: 'search', url: `https://vk.com/search/statuses?q=${encodeURIComponent(words)}`, words }
}

// A rule has a hundred words and 4096 bytes at most.
function stream(words: string): Target | null {
  const isRule = /[\p{L}\p{N}]/u.test(words) && Buffer.byteLength(words) <= 4096 && words.split(/\s+/).length <= 100
  return isRule ? { kind: 'stream', url: `stream: ${words}`, words } : null
}

function board(group: number, topic: number | null): Target {
  const url = topic === null ? `https://vk.com/board${group}` : `https://vk.com/topic-${group}_${topic}`
  return { kind: 'board', url, group, topic }
}

function wall(written: string): Target {
  const name = written.toLowerCase()
  return { kind: 'wall', url: `https://vk.com/${name}`, name, owner: ownerOf(name) }
}

function mentions(of: string | null): Target | null {
  if (of === null || of === '')
    return { kind: 'mentions', url: 'https://vk.com/feed?section=mentions', name: null, owner: null }
  const name = of.replace(/^@/, '').toLowerCase()
  if (!/^[\w.]{2,64}$/.test(name)) return null
  return { kind: 'mentions', url: `https://vk.com/feed?section=mentions&of=${name}`, name, owner: ownerOf(name) }
}

/** Communities have negative numbers. */
function ownerOf(name: string): number | null {
  const [, kind, number] = /^(id|club|public|event)(\d{1,15})$/.exec(name) ?? []
  if (kind === undefined) return null
  return kind === 'id' ? Number(number) : -Number(number)
}

export function nameOf(owner: number): string {
  return owner < 0 ? `club${-owner}` : `id${owner}`
}
