import { decoded } from '../decoded.ts'

/** What a source of Bluesky brings, and the address under which it is kept. */
export type Target = { url: string; title: string } & (
  | { kind: 'network'; servers: readonly string[] }
  | { kind: 'account'; actor: string }
  | { kind: 'search'; query: string }
)

/** The public Jetstream servers; each has everything, and numbers it in its own way. */
export const publicServers = [
  'wss://jetstream1.us-east.bsky.network',
  'wss://jetstream2.us-east.bsky.network',
  'wss://jetstream1.us-west.bsky.network',
  'wss://jetstream2.us-west.bsky.network',
] as const

const home = 'https://bsky.app'

/**
 * What a person means: `bsky.app` for everything that is posted, or the address of a Jetstream server that has it;
 * `@name.bsky.social` or the page of an account; words, a `#tag` or the address of a search. Null when it is none.
 */
export function readTarget(text: string): Target | null {
  const trimmed = text.trim()
  if (/^wss?:\/\//i.test(trimmed)) {
    if (!URL.canParse(trimmed)) return null
    const { protocol, host } = new URL(trimmed)
    return { kind: 'network', servers: [`${protocol}//${host}`], url: `${protocol}//${host}`, title: host }
  }
  const name = /^@((?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*|did:[a-z]+:[\w.:-]+)$/i.exec(trimmed)?.[1]
  if (name !== undefined) return accountOf(name)
  if (/^(https?:\/\/)?(www\.)?bsky\.app(?=\/|$)/i.test(trimmed)) return fromAddress(trimmed)
  return trimmed === '' || /^https?:\/\//i.test(trimmed) || trimmed.length > 500 ? null : searchOf(trimmed)
}

function fromAddress(text: string): Target | null {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(address)) return null
  const { pathname, searchParams } = new URL(address)
  const [, first, second, third] = decoded(pathname).split('/')
  if (!first) return { kind: 'network', servers: publicServers, url: home, title: 'Bluesky' }
  if (first === 'profile' && second && !third) return accountOf(second)
  if (first === 'hashtag' && second) return searchOf(`#${second}`)
  const query = first === 'search' ? searchParams.get('q')?.trim() : null
  return query ? searchOf(query) : null
}

function accountOf(name: string): Target {
  const actor = name.startsWith('did:') ? name : name.toLowerCase()
  return { kind: 'account', actor, url: `${home}/profile/${actor}`, title: `@${actor}` }
}

function searchOf(query: string): Target {
  return { kind: 'search', query, url: `${home}/search?q=${encodeURIComponent(query)}`, title: `Bluesky: ${query}` }
}
