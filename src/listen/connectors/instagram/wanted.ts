import { decoded } from '../decoded.ts'

/** An account by its name, or a hashtag; `url` says the same again. */
export type Wanted = { kind: 'account' | 'hashtag'; name: string; url: string }

/** @name, #tag, or the address of one of them; null when the text is neither. */
export function readWanted(text: string): Wanted | null {
  const line = text.trim()
  if (line.startsWith('#')) return hashtag(line.slice(1))
  if (!/^(https?:\/\/)?(www\.)?instagram\.com\//i.test(line)) return account(line.replace(/^@/, ''))
  const address = line.replace(/^(?!https?:\/\/)/i, 'https://')
  if (!URL.canParse(address)) return null
  const [first = '', second = '', third = ''] = new URL(address).pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
  if (first === 'explore') return second === 'tags' ? hashtag(third) : null
  return /^(p|reel|reels|stories|tv)$/.test(first) ? null : account(first)
}

function account(name: string): Wanted | null {
  return /^[\w.]{1,30}$/.test(name)
    ? { kind: 'account', name: name.toLowerCase(), url: `https://www.instagram.com/${name.toLowerCase()}/` }
    : null
}

function hashtag(name: string): Wanted | null {
  const tag = name.toLowerCase()
  return /^[\p{L}\p{N}_]{1,100}$/u.test(tag)
    ? { kind: 'hashtag', name: tag, url: `https://www.instagram.com/explore/tags/${encodeURIComponent(tag)}/` }
    : null
}
