import { decoded } from '../decoded.ts'

/** What is looked for on which site, and the address under which people see about the same. */
export type Wanted = { url: string; site: string; tags: string[]; words: string; title: string }

const sites =
  /^(?:[a-z]{2}\.)?(?:stackoverflow\.com|serverfault\.com|superuser\.com|askubuntu\.com|mathoverflow\.net|stackapps\.com)$|^(?:[\w-]+\.)+stackexchange\.com$/

/** A page of tagged questions or of a search on any site of Stack Exchange; null when the address is none of these. */
export function readWanted(text: string): Wanted | null {
  const address = text.trim().replace(/^(?!https?:\/\/)/i, 'https://')
  if (!URL.canParse(address)) return null
  const { hostname, pathname, searchParams } = new URL(address)
  const site = hostname.replace(/^www\./, '')
  if (!sites.test(site)) return null
  const tagged = /^\/(?:questions\/tagged|tags)\/([^/]+)/.exec(pathname)?.[1]
  const asked = pathname === '/search' ? (searchParams.get('q') ?? '').replace(/\s+/g, ' ').trim() : ''
  const tags =
    tagged === undefined ? [...asked.matchAll(/\[([^\]\s]+)\]/g)].map(([, tag]) => tag ?? '') : tagsIn(tagged)
  const words = asked
    .replace(/\[[^\]\s]+\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if ((tags.length === 0 && words === '') || tags.length > 5) return null
  const named = [...tags.map((tag) => `[${tag}]`), ...(words === '' ? [] : [words])].join(' ')
  const url =
    words === ''
      ? `https://${site}/questions/tagged/${tags.map((tag) => encodeURIComponent(tag)).join('+')}`
      : `https://${site}/search?${new URLSearchParams({ q: named }).toString()}`
  return { url, site, tags, words, title: `${site}: ${named}` }
}

/** `a+b` in an address means both; `c++` is a tag, so its pluses come encoded. */
function tagsIn(path: string): string[] {
  return path
    .split(/\+|%20/)
    .map((tag) => decoded(tag).toLowerCase())
    .filter((tag) => tag !== '')
}
