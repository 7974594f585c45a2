/** A search is asked again and again; rules are given to X, which then sends what fits. Null rule: the words of the project's topics. */
export type Wanted = { kind: 'search'; query: string } | { kind: 'stream'; rule: string | null }

/** So long may a query of a search be, and thus a rule as well: what a broken stream missed is searched for. */
export const longestQuery = 512

/** What a person asked for: words with the operators of X, the address of a search, `stream: words`, or `topics`; null when it is none. */
export function readWanted(text: string): Wanted | null {
  const line = text.replace(/\s+/g, ' ').trim()
  if (/^(topics|темы)$/i.test(line)) return { kind: 'stream', rule: null }
  const streamed = /^(?:stream|поток):\s*(.*)$/i.exec(line)?.[1]
  const query = streamed ?? queryIn(line)
  if (query === '' || [...query].length > longestQuery) return null
  return streamed === undefined ? { kind: 'search', query } : { kind: 'stream', rule: query }
}

export function printWanted(wanted: Wanted): string {
  if (wanted.kind === 'search') return wanted.query
  return wanted.rule === null ? 'topics' : `stream: ${wanted.rule}`
}

function queryIn(line: string): string {
  if (!/^https?:\/\/(?:www\.)?(?:x|twitter)\.com\//i.test(line) || !URL.canParse(line)) return line
  const { pathname, searchParams } = new URL(line)
  if (pathname === '/search') return (searchParams.get('q') ?? '').trim()
  const account = /^\/(\w{1,15})\/?$/.exec(pathname)?.[1]
  return account === undefined ? '' : `from:${account}`
}
