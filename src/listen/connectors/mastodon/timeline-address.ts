import { decoded } from '../decoded.ts'

/** A timeline and the address under which people see it. `server` has no slash at its end. */
export type Timeline = { url: string; server: string; title: string } & (
  | { kind: 'tag'; tag: string }
  | { kind: 'local' }
  | { kind: 'account'; account: string }
)

/**
 * The timeline a person means: `https://server/tags/word`, `#word@server`, `https://server/@name`, `@name@server`, or
 * the address of a server for everything local; null when it is none of these.
 */
export function readTimeline(text: string): Timeline | null {
  const trimmed = text.trim()
  const short = /^([#@])([^\s@#/]+)@([\w.-]+(?::\d+)?)$/u.exec(trimmed)
  if (short) {
    const [, sign, name, host] = short
    return readTimeline(sign === '#' ? `https://${host}/tags/${name}` : `https://${host}/@${name}`)
  }
  const address = /^[\w-]+(\.[\w-]+)+(\/|$)/.test(trimmed) ? `https://${trimmed}` : trimmed
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return null
  const { origin: server, host, pathname } = new URL(address)
  const path = decoded(pathname).replace(/^\/web(?=\/)/, '')
  const tag = /^\/(?:tags|timelines\/tag|tag)\/([^/]+)\/?$/.exec(path)?.[1]
  if (tag !== undefined) {
    const word = tag.toLowerCase()
    return {
      kind: 'tag',
      tag: word,
      server,
      url: `${server}/tags/${encodeURIComponent(word)}`,
      title: `#${word} · ${host}`,
    }
  }
  const account = /^\/(?:@|users\/)([^/\s]+)\/?$/.exec(path)?.[1]
  if (account !== undefined) {
    const url = `${server}/@${account.toLowerCase()}`
    return {
      kind: 'account',
      account,
      server,
      url,
      title: account.includes('@') ? `@${account}` : `@${account}@${host}`,
    }
  }
  return /^\/?(?:public(?:\/local)?|explore|about|home)?\/?$/.test(path)
    ? { kind: 'local', server, url: `${server}/public/local`, title: host }
    : null
}
