import { decoded } from '../decoded.ts'

/** The account whose token it is, a topic tag, or words; `url` says the same again. */
export type Wanted = { kind: 'account' | 'tag' | 'words'; text: string; url: string }

const site = /^(https?:\/\/)?(www\.)?threads\.(net|com)(\/|$)/i
const origin = 'https://www.threads.com'

/** @name, #tag, words, or the address of an account or a search; null when the text is none of these. */
export function readWanted(written: string): Wanted | null {
  const line = written.replace(/\s+/g, ' ').trim()
  if (line.startsWith('@')) return account(line.slice(1))
  if (line.startsWith('#')) return tag(line.slice(1))
  if (!site.test(line)) return /^https?:\/\//i.test(line) ? null : words(line)
  const address = line.replace(/^(?!https?:\/\/)/i, 'https://')
  if (!URL.canParse(address)) return null
  const { pathname, searchParams } = new URL(address)
  const path = decoded(pathname)
  if (path === '/search') {
    const asked = searchParams.get('q') ?? ''
    return searchParams.get('serp_type') === 'tags' ? tag(asked) : words(asked)
  }
  const name = /^\/@([\w.]+)\/?$/.exec(path)?.[1]
  return name === undefined ? null : account(name)
}

function account(name: string): Wanted | null {
  if (!/^[\w.]{1,30}$/.test(name)) return null
  return { kind: 'account', text: name.toLowerCase(), url: `${origin}/@${name.toLowerCase()}` }
}

/** A topic tag may have spaces; it has neither a full stop nor an ampersand. */
function tag(said: string): Wanted | null {
  const text = said.trim()
  if (!/^[^.&]{1,50}$/u.test(text) || !/[\p{L}\p{N}]/u.test(text)) return null
  return { kind: 'tag', text, url: `${origin}/search?q=${encodeURIComponent(text)}&serp_type=tags` }
}

function words(said: string): Wanted | null {
  const text = said.trim()
  if (text.length > 200 || !/[\p{L}\p{N}]/u.test(text)) return null
  return { kind: 'words', text, url: `${origin}/search?q=${encodeURIComponent(text)}` }
}
